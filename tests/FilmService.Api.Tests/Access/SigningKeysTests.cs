using FilmService.Api.Access.OAuth;
using FilmService.Domain.Access;
using FilmService.Domain.Audit;
using FilmService.Domain.Writing;
using FilmService.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace FilmService.Api.Tests.Access;

public sealed class SigningKeysTests
{
    [Test]
    public async Task Rotation_OverAYear_NeverUnpublishesTheKeyOfAValidTokenAndPublishesEachBeforeItSigns()
    {
        var folder = Directory.CreateTempSubdirectory("filmservice-");
        var (clock, repository) = (new Clock(), new Repository());
        using var keys = new SigningKeys(repository, new KeyProtection(new DatabaseOptions("Data Source=films.db", folder.FullName, false)), clock, NullLogger<SigningKeys>.Instance);
        var (signers, validUntil, publishedBefore) = (new HashSet<string>(), new Dictionary<string, DateTimeOffset>(), new HashSet<string>());

        for (var hour = 0; hour < 365 * 24; hour += 1)
        {
            clock.Now += TimeSpan.FromMinutes(59);
            var kid = (await keys.GetSignerAsync()).Kid;
            var published = (await keys.GetPublishedAsync()).Select(key => key.KeyId).ToHashSet();
            Assert.That(published, Does.Contain(kid));
            Assert.That(signers.Count == 0 || signers.Contains(kid) || publishedBefore.Contains(kid), "A key signs only after it was published.");
            Assert.That(validUntil.Where(token => token.Value > clock.Now).Select(token => token.Key), Is.SubsetOf(published));
            Assert.That(published, Has.Count.LessThanOrEqualTo(3));
            validUntil[kid] = clock.Now + BuiltInIssuer.Lifetime;
            signers.Add(kid);
            publishedBefore = published;
        }

        Assert.That(signers, Has.Count.InRange(11, 14));
        Assert.That(repository.SigningKeys, Has.Count.LessThanOrEqualTo(3));
        folder.Delete(recursive: true);
    }

    /// <summary>A full disk during key rotation must not make tokens fail that existing keys can sign and verify.</summary>
    [Test]
    public async Task Rotation_ThatCannotBeStored_LeavesTheKnownKeysAndIsTriedAgain()
    {
        var folder = Directory.CreateTempSubdirectory("filmservice-");
        var (clock, repository) = (new Clock(), new Repository());
        using var keys = new SigningKeys(
            repository, new KeyProtection(new DatabaseOptions("Data Source=films.db", folder.FullName, false)), clock, NullLogger<SigningKeys>.Instance);
        var kid = (await keys.GetSignerAsync()).Kid;
        clock.Now += SigningKeys.Age;
        repository.IsFull = true;

        Assert.That((await keys.GetSignerAsync()).Kid, Is.EqualTo(kid));
        Assert.That((await keys.GetPublishedAsync()).Select(key => key.KeyId), Is.EqualTo(new[] { kid }));

        repository.IsFull = false;
        clock.Now += TimeSpan.FromMinutes(1);
        await keys.GetSignerAsync();
        Assert.That(repository.SigningKeys, Has.Count.EqualTo(2));
        folder.Delete(recursive: true);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Repository : IAccessRepository
    {
        public List<SigningKey> SigningKeys { get; } = [];

        public bool IsFull { get; set; }

        public AccessRecords Load() => new([], [], [], SigningKeys);

        public Task SaveAsync(User user, AuditEvent? audit, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task RemoveAsync(User user, AuditEvent? audit, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SaveAsync(ApiKey key, AuditEvent? audit, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task TouchAsync(ApiKey key, DateTimeOffset lastUsedAt, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task RemoveAsync(ApiKey key, AuditEvent? audit, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SaveAsync(OAuthClient client, AuditEvent? audit, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task RemoveAsync(OAuthClient client, AuditEvent? audit, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SaveAsync(SigningKey key, CancellationToken cancellationToken)
        {
            if (IsFull)
            {
                throw new CatalogUnavailableException("The disk is full.", null);
            }

            SigningKeys.Add(key);
            return Task.CompletedTask;
        }

        public Task RemoveAsync(SigningKey key, CancellationToken cancellationToken)
        {
            SigningKeys.Remove(key);
            return Task.CompletedTask;
        }

        public IReadOnlyList<ProtectionKey> LoadProtectionKeys() => [];

        public Task SaveAsync(ProtectionKey key, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
