using FilmService.Domain.Backups;
using FilmService.Domain.Films;
using Moq;

namespace FilmService.Domain.Tests.Backups;

/// <summary>A backup that is requested while the service starts.</summary>
public sealed class BackupDirectoryTests : IDisposable
{
    private static readonly Backup Made = new("films-20261122T030000000Z-k3f9-2.db", DateTimeOffset.UnixEpoch, new Revision("k3f9", 2), 1);

    private readonly Mock<IBackupRepository> _repository = new();
    private readonly BackupDirectory _backups;

    public BackupDirectoryTests()
    {
        _repository.Setup(repository => repository.List()).Returns([]);
        _backups = new BackupDirectory(_repository.Object, new BackupRules(null), new BackupStatus(TimeProvider.System));
    }

    [Test]
    public async Task Begin_WhileABackupIsMade_LeavesItsFiles()
    {
        var making = new TaskCompletionSource<Backup>();
        _repository.Setup(repository => repository.CreateAsync(default)).Returns(making.Task);
        _repository.Setup(repository => repository.RemoveUnfinished()).Callback(() => Assert.That(making.Task.IsCompleted, Is.True));
        var backup = _backups.CreateAsync(default);

        var beginning = Task.Run(_backups.Begin);
        Assert.That(await Task.WhenAny(beginning, Task.Delay(50)), Is.Not.SameAs(beginning));
        making.SetResult(Made);

        await beginning;
        Assert.That(await backup, Is.EqualTo(Made));
        _repository.Verify(repository => repository.RemoveUnfinished(), Times.Once);
    }

    [Test]
    public async Task Create_WhileTheServiceBegins_IsNotRefused()
    {
        using var removing = new ManualResetEventSlim();
        using var removed = new ManualResetEventSlim();
        _repository.Setup(repository => repository.CreateAsync(default)).ReturnsAsync(Made);
        _repository.Setup(repository => repository.RemoveUnfinished()).Callback(() =>
        {
            removing.Set();
            removed.Wait();
        });
        var beginning = Task.Run(_backups.Begin);
        removing.Wait();

        var backup = _backups.CreateAsync(default);
        Assert.That(backup.IsCompleted, Is.False);
        removed.Set();

        await beginning;
        Assert.That(await backup, Is.EqualTo(Made));
    }

    public void Dispose() => _backups.Dispose();
}
