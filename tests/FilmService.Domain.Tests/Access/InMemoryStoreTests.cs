using FilmService.Domain.Access;

namespace FilmService.Domain.Tests.Access;

public sealed class InMemoryStoreTests
{
    [Test]
    public async Task All_WhileOthersSaveAndRemove_IsReadWithoutError()
    {
        using var store = new InMemoryStore<string>(name => name, (_, _) => Task.CompletedTask, (_, _) => Task.CompletedTask);
        await store.SaveAsync("stays", null);
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; !stop.IsCancellationRequested; number = (number + 1) % 50)
            {
                await store.SaveAsync($"{writer}-{number}", null);
                await store.RemoveAsync($"{writer}-{(number + 25) % 50}", null);
            }
        })).ToList();

        for (var round = 0; round < 5_000; round++)
        {
            Assert.That(store.All, Does.Contain("stays"));
        }

        stop.Cancel();
        await Task.WhenAll(writers);
    }
}
