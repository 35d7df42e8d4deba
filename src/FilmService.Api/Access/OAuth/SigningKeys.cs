using System.Security.Cryptography;
using FilmService.Domain.Access;
using FilmService.Domain.Writing;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Access.OAuth;

/// <summary>
/// The keys of the built-in issuer (ES256). A key signs for 30 days. It is published an hour before it starts to sign, so that
/// clients that cache the list of keys see it in time, and for an hour after its last signature, which is longer than any of its
/// tokens is valid.
/// </summary>
internal sealed class SigningKeys : IDisposable
{
    /// <summary>How long a key signs.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(30);

    /// <summary>How long a key is published before its first and after its last signature.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    private const string Purpose = "FilmService signing keys";

    private static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(1);

    private readonly IAccessRepository _repository;
    private readonly KeyProtection _protection;
    private readonly TimeProvider _clock;
    private readonly ILogger<SigningKeys> _logger;
    private readonly SemaphoreSlim _changing = new(1);
    private volatile IReadOnlyList<SigningKey> _keys;
    private volatile IReadOnlyList<ECDsaSecurityKey> _published = [];
    private volatile Signer? _signer;

    public SigningKeys(IAccessRepository repository, KeyProtection protection, TimeProvider clock, ILogger<SigningKeys> logger)
    {
        (_repository, _protection, _clock, _logger) = (repository, protection, clock, logger);
        _keys = repository.Load().SigningKeys.OrderBy(key => key.SignsFrom.UtcTicks).ToList();
    }

    /// <summary>The key that signs now. Creates, rotates and removes keys when they are due.</summary>
    public async Task<SigningCredentials> GetSignerAsync()
    {
        await RotateAsync();
        return _signer!.Credentials;
    }

    /// <summary>The public keys of all tokens that may still be valid.</summary>
    public async Task<IReadOnlyList<ECDsaSecurityKey>> GetPublishedAsync()
    {
        await RotateAsync();
        return _published;
    }

    private async Task RotateAsync()
    {
        if (!IsTime())
        {
            return;
        }

        await _changing.WaitAsync();
        try
        {
            if (IsTime())
            {
                await RotateAsync(_clock.GetUtcNow());
            }
        }
        catch (CatalogUnavailableException exception) when (_signer is { } current)
        {
            // A temporarily full disk must not make tokens fail that existing keys can verify.
            _logger.LogError(exception, "Cannot rotate the signing keys for access tokens; the known keys stay in use");
            _signer = current.Until(_clock.GetUtcNow() + TryAgain);
        }
        finally
        {
            _changing.Release();
        }
    }

    private bool IsTime() => _signer is not { } current || _clock.GetUtcNow() >= current.LookAgainAt;

    private async Task RotateAsync(DateTimeOffset now)
    {
        foreach (var old in _keys.Where((key, i) => _keys.Skip(i + 1).Any(next => next.SignsFrom + Overlap <= now)).ToList())
        {
            await _repository.RemoveAsync(old, CancellationToken.None);
            _keys = _keys.Where(key => key != old).ToList();
        }

        var signs = _keys.LastOrDefault(key => key.SignsFrom <= now);
        var privateKey = signs is null ? null : _protection.Unprotect(Purpose, signs.ProtectedPrivateKey);
        if (privateKey is null)
        {
            WarnOf(signs);
            signs = await AddAsync(now);
            privateKey = _protection.Unprotect(Purpose, signs.ProtectedPrivateKey)!;
        }

        if (_keys[^1] == signs && now >= signs!.SignsFrom + Age - Overlap)
        {
            await AddAsync(now + Overlap);
        }

        _published = _keys.Select(key => new ECDsaSecurityKey(PublicKey(key)) { KeyId = key.Kid }).ToList();
        _signer = Signer.Of(signs!, privateKey, LookAgain(signs!, now));
    }

    // The public half is in the database, so the key's tokens are accepted until they expire.
    private void WarnOf(SigningKey? unreadable)
    {
        if (unreadable is not null)
        {
            _logger.LogWarning("Cannot decrypt the signing key {Kid}, because the folder with its encryption key is missing; a new signing key is created", unreadable.Kid);
        }
    }

    private DateTimeOffset LookAgain(SigningKey signs, DateTimeOffset now)
    {
        var moments = _keys.Select(key => key.SignsFrom).Concat(_keys.Select(key => key.SignsFrom + Overlap)).Append(signs.SignsFrom + Age - Overlap);
        return moments.Where(moment => moment > now).DefaultIfEmpty(now + Overlap).Min();
    }

    private async Task<SigningKey> AddAsync(DateTimeOffset signsFrom)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(signsFrom.ToUnixTimeMilliseconds());
        var key = new SigningKey(Secret.CreateId(), pair.ExportSubjectPublicKeyInfo(), _protection.Protect(Purpose, pair.ExportPkcs8PrivateKey()), time);
        await _repository.SaveAsync(key, CancellationToken.None);
        _keys = [.. _keys, key];
        return key;
    }

    private static ECDsa PublicKey(SigningKey key)
    {
        var pair = ECDsa.Create();
        pair.ImportSubjectPublicKeyInfo(key.PublicKey, out _);
        return pair;
    }

    public void Dispose() => _changing.Dispose();

    private sealed record Signer(SigningCredentials Credentials, DateTimeOffset LookAgainAt)
    {
        public static Signer Of(SigningKey key, byte[] privateKey, DateTimeOffset lookAgainAt)
        {
            var pair = ECDsa.Create();
            pair.ImportPkcs8PrivateKey(privateKey, out _);
            CryptographicOperations.ZeroMemory(privateKey);
            return new(new SigningCredentials(new ECDsaSecurityKey(pair) { KeyId = key.Kid }, SecurityAlgorithms.EcdsaSha256), lookAgainAt);
        }

        public Signer Until(DateTimeOffset lookAgainAt) => this with { LookAgainAt = lookAgainAt };
    }
}
