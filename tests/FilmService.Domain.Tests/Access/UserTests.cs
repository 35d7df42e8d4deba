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
