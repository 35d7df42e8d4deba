using FilmService.Domain.Access;

namespace FilmService.Domain.Tests.Access;

public sealed class SecretTests
{
    private static readonly string Key = Secret.Create(Secret.ApiKeyPrefix);

    [Test]
    public void Create_Secret_IsWellFormedAndNeverTheSame()
    {
        Assert.That(Key, Does.Match("^fsk_[-_0-9A-Za-z]{48}$"));
        Assert.That(Secret.IsWellFormed(Key, Secret.ApiKeyPrefix), Is.True);
        Assert.That(Secret.Create(Secret.ApiKeyPrefix), Is.Not.EqualTo(Key));
    }

    // Every character counts, of the random bits and of the checksum.
    [Test]
    public void IsWellFormed_OneLetterMistyped_IsNot([Values(4, 20, 46, 47, 51)] int place) =>
        Assert.That(Secret.IsWellFormed($"{Key[..place]}{(Key[place] == 'A' ? 'B' : 'A')}{Key[(place + 1)..]}", Secret.ApiKeyPrefix), Is.False);

    [Test]
    public void IsWellFormed_AnotherPrefixLengthOrAlphabet_IsNot()
    {
        string[] others = [Key.Replace("fsk_", "fcs_", StringComparison.Ordinal), Key + "AAAA", Key[..^4], Key[..^1] + "!", Key[..^1] + " ", "", "fsk_"];

        Assert.That(others.Where(other => Secret.IsWellFormed(other, Secret.ApiKeyPrefix)), Is.Empty);
    }
}
