using System.Security.Cryptography;
using FilmService.Domain.Access;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Access.OAuth;

/// <summary>
/// The keys of the built-in issuer (ES256). A key signs for 30 days. Its successor is published an hour before it signs, so that
/// whoever keeps the list of keys knows it in time; and a key is published for an hour after its last signature, longer
/// than any of its tokens is valid.
/// </summary>
internal sealed class SigningKeys : IDisposable
{
    /// <summary>How long a key signs.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(30);

    /// <summary>How long a key is published before its first and after its last signature.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    private readonly IAccessRepository _repository;
    private readonly KeyProtection _protection;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _changing = new(1);
    private volatile IReadOnlyList<SigningKey> _keys;
    private volatile Signer? _signer;

    public SigningKeys(IAccessRepository repository, KeyProtection protection, TimeProvider clock)
    {
        (_repository, _protection, _clock) = (repository, protection, clock);
        _keys = repository.Load().SigningKeys.OrderBy(key => key.SignsFrom).ToList();
    }

    /// <summary>The public keys of all tokens that may still be valid.</summary>
    public IReadOnlyList<ECDsaSecurityKey> Published { get; private set; } = [];

    /// <summary>The key that signs now. Makes, rotates and removes keys as it becomes time for it.</summary>
    public async Task<SigningCredentials> GetSignerAsync()
    {
        await RotateAsync();
        return _signer!.Credentials;
    }

    /// <summary>The published keys, after rotation.</summary>
    public async Task<IReadOnlyList<ECDsaSecurityKey>> GetPublishedAsync()
    {
        await RotateAsync();
        return Published;
    }

    private async Task RotateAsync()
    {
        if (_signer is { } current && _clock.GetUtcNow() < current.LookAgainAt)
        {
            return;
        }

        await _changing.WaitAsync();
        try
        {
            await RotateAsync(_clock.GetUtcNow());
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task RotateAsync(DateTimeOffset now)
    {
        foreach (var old in _keys.Where((key, i) => _keys.Skip(i + 1).Any(next => next.SignsFrom + Overlap <= now)).ToList())
        {
            await _repository.RemoveAsync(old, CancellationToken.None);
            _keys = _keys.Where(key => key != old).ToList();
        }

        var signs = _keys.LastOrDefault(key => key.SignsFrom <= now);
        var privateKey = signs is null ? null : _protection.Unprotect(signs.ProtectedPrivateKey);
        if (privateKey is null)
        {
            // There is none, or it cannot be read: its file was not restored with the database.
            (signs, privateKey) = (await AddAsync(now), null);
            privateKey = _protection.Unprotect(signs.ProtectedPrivateKey)!;
        }

        if (_keys[^1] == signs && now >= signs!.SignsFrom + Age - Overlap)
        {
            await AddAsync(now + Overlap);
        }

        Published = _keys.Select(key => new ECDsaSecurityKey(PublicKey(key)) { KeyId = key.Kid }).ToList();
        _signer = new Signer(signs!, privateKey, LookAgain(signs!, now));
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
        var key = new SigningKey(Secret.CreateId(), pair.ExportSubjectPublicKeyInfo(), _protection.Protect(pair.ExportPkcs8PrivateKey()), time);
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

    private sealed class Signer
    {
        public Signer(SigningKey key, byte[] privateKey, DateTimeOffset lookAgainAt)
        {
            var pair = ECDsa.Create();
            pair.ImportPkcs8PrivateKey(privateKey, out _);
            CryptographicOperations.ZeroMemory(privateKey);
            Credentials = new SigningCredentials(new ECDsaSecurityKey(pair) { KeyId = key.Kid }, SecurityAlgorithms.EcdsaSha256);
            LookAgainAt = lookAgainAt;
        }

        public SigningCredentials Credentials { get; }

        public DateTimeOffset LookAgainAt { get; }
    }
}
