using FilmService.Domain.Access;

namespace FilmService.Domain.Tests.Access;

public sealed class UserTests
{
    [TestCase("ann", true)]
    [TestCase("Zo\u00EB", true)]
    [TestCase("a b/c", true)]
    [TestCase("anonymously", true)]
    [TestCase(null, false)]
    [TestCase("", false)]
    [TestCase(" ann", false)]
    [TestCase("ann\u3000", false)]
    [TestCase("key:ann", false)]
    [TestCase("Zoe\u0308", false, Description = "not composed")]
    [TestCase("an\tn", false)]
    [TestCase("an\u200Bn", false, Description = "an invisible space")]
    [TestCase("an\u2028n", false, Description = "a line separator")]
    [TestCase("an\u2029n", false, Description = "a paragraph separator")]
    [TestCase("an\uE000n", false, Description = "a private character")]
    [TestCase("an\u0378n", false, Description = "no character yet")]
    [TestCase("an\uFFFDn", false, Description = "what stands for a lone surrogate")]
    [TestCase("Anonymous", false)]
    [TestCase("seed", false)]
    public void IsName_Text_HasOneSpellingAndShowsWhatItIs(string? text, bool isName) => Assert.That(User.IsName(text), Is.EqualTo(isName));

    [TestCase("ann")]
    [TestCase("a b/c")]
    [TestCase("\u28FF")]
    public void IsNewName_VisibleCharacters_IsOne(string text) => Assert.That(User.IsNewName(text), Is.True);

    [Test]
    public void IsNewName_ACharacterThatShowsNothing_IsNone(
        [Values(
            "\u00AD", "\u034F", "\u061C", "\u115F", "\u1160", "\u17B4", "\u17B5", "\u180B", "\u180E", "\u180F", "\u200B", "\u200F", "\u202E", "\u2060", "\u2800",
            "\u3164", "\uFE00", "\uFE0F", "\uFEFF", "\uFFA0", "\uFFF9", "\U000E0001", "\U000E0100", "\U000E01EF", "\u00A0", "\u2003", "\u3000")] string blank)
    {
        Assert.That(User.IsNewName(blank), Is.False);
        Assert.That(User.IsNewName($"an{blank}n"), Is.False);
        Assert.That(User.IsNewName($"ann{blank}"), Is.False);
    }

    [TestCase("a")]
    [TestCase("\U0001F3AC")]
    public void IsName_Length_IsCountedInCodePoints(string character)
    {
        Assert.That(User.IsName(string.Concat(Enumerable.Repeat(character, 100))), Is.True);
        Assert.That(User.IsName(string.Concat(Enumerable.Repeat(character, 101))), Is.False);
    }

    [TestCase(7, false)]
    [TestCase(8, true)]
    [TestCase(1000, true)]
    [TestCase(1001, false)]
    public void IsPassword_Length_IsWithinItsLimits(int length, bool isPassword) => Assert.That(User.IsPassword(new string('x', length)), Is.EqualTo(isPassword));

    [TestCase(null)]
    [TestCase("correct\nhorse")]
    public void IsPassword_NothingOrControlCharacters_IsNone(string? text) => Assert.That(User.IsPassword(text), Is.False);
}
