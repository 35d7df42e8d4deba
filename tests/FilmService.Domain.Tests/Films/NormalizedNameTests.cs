using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FilmService.Domain.Films;

namespace FilmService.Domain.Tests.Films;

public sealed class NormalizedNameTests
{
    [TestCase("Amélie", "amelie", Description = "a mark within its letter")]
    [TestCase("Ame\u0301lie", "amelie", Description = "a mark of its own")]
    [TestCase("AMÉLIE", "amelie")]
    [TestCase("Straße", "strasse")]
    [TestCase("STRASSE", "strasse")]
    [TestCase("STRAẞE", "strasse")]
    [TestCase("Ærø, Œuvre", "aero oeuvre")]
    [TestCase("ærø œuvre", "aero oeuvre")]
    [TestCase("Ødipus", "odipus")]
    [TestCase("Łódź", "lodz")]
    [TestCase("Đorđe", "dorde")]
    [TestCase("ısırgan", "isirgan")]
    [TestCase("İstanbul", "istanbul")]
    [TestCase("Οδυσσεύς", "οδυσσευσ")]
    [TestCase("ΟΔΥΣΣΕΥΣ", "οδυσσευσ")]
    [TestCase("Ёлки", "елки")]
    [TestCase("Việt Nam", "viet nam")]
    public void Of_LettersOfEurope_LoseMarksAndCase(string name, string normalized) => Assert.That(NormalizedName.Of(name), Is.EqualTo(normalized));

    [TestCase("किल्ली", "किल्ली")]
    [TestCase("क़िला", "क\u093Cिला", Description = "the nukta stays, apart from its letter as NFC writes it")]
    [TestCase("ガメラ", "ガメラ")]
    [TestCase("カ\u3099メラ", "ガメラ")]
    [TestCase("ｶﾞﾒﾗ", "ガメラ", Description = "half width")]
    [TestCase("ぱぴぷ", "ぱぴぷ")]
    [TestCase("기생충", "기생충")]
    public void Of_MarksThatCarryMeaning_Stay(string name, string normalized) => Assert.That(NormalizedName.Of(name), Is.EqualTo(normalized));

    [TestCase("\u0300")]
    [TestCase("\u036F")]
    [TestCase("\u1AB0")]
    [TestCase("\u1AFF")]
    [TestCase("\u1DC0")]
    [TestCase("\u1DFF")]
    [TestCase("\u20D0")]
    [TestCase("\u20FF")]
    [TestCase("\uFE20")]
    [TestCase("\uFE2F")]
    public void Of_CombiningMarksOfTheFiveBlocks_AreDropped(string mark) => Assert.That(NormalizedName.Of($"x{mark}y"), Is.EqualTo("xy"));

    [TestCase("\u0345\u0483", "\u0483", Description = "beside the first block")]
    [TestCase("\u3099", "\u3099")]
    [TestCase("\u05B0", "\u05B0")]
    public void Of_OtherMarks_AreKept(string marks, string kept) => Assert.That(NormalizedName.Of($"x{marks}y"), Is.EqualTo($"x{kept}y"));

    [TestCase("Ocean's 8", "oceans 8")]
    [TestCase("Ocean’s 8", "oceans 8")]
    [TestCase("‘Ocean‛s ʼ8", "oceans 8")]
    [TestCase("Ocean＇s 8", "oceans 8", Description = "full width")]
    [TestCase("rock ' n ' roll", "rock n roll")]
    [TestCase("Ocean\u00B4s 8", "oceans 8")]
    [TestCase("Ocean\u1FFDs 8", "oceans 8", Description = "canonically U+00B4")]
    [TestCase("Ocean`s 8", "oceans 8")]
    [TestCase("Ocean\u1FEFs 8", "oceans 8")]
    [TestCase("Ocean\u2032s 8", "oceans 8")]
    public void Of_Apostrophes_AreDropped(string name, string normalized) => Assert.That(NormalizedName.Of(name), Is.EqualTo(normalized));

    [TestCase("Avengers: Infinity War", "avengers infinity war")]
    [TestCase("WALL-E", "wall e")]
    [TestCase("M*A*S*H", "m a s h")]
    [TestCase("¿Qué he hecho yo?", "que he hecho yo")]
    [TestCase("...And Justice", "and justice")]
    [TestCase("  a  \u00A0 \u3000 b  ", "a b")]
    [TestCase("「七人」の侍", "七人 の侍")]
    [TestCase("Face/Off — _now_", "face off now")]
    public void Of_PunctuationAndSpaces_BecomeOneSpace(string name, string normalized) => Assert.That(NormalizedName.Of(name), Is.EqualTo(normalized));

    [TestCase("Ｓｔａｒ　Ｗａｒｓ", "star wars")]
    [TestCase("ﬁlm ½ №", "film 1 2 no")]
    [TestCase("8½", "81 2")]
    [TestCase("8 1/2", "8 1 2")]
    [TestCase("1⁄2", "1 2")]
    [TestCase("Alien³", "alien3")]
    [TestCase("Mission\u2009²", "mission 2")]
    [TestCase("$9.99 + 1", "$9 99 + 1", Description = "symbols are no punctuation")]
    public void Of_CompatibilityForms_BecomeOrdinaryOnes(string name, string normalized) => Assert.That(NormalizedName.Of(name), Is.EqualTo(normalized));

    [TestCase("Tom & Jerry", "tom and jerry")]
    [TestCase("Tom&Jerry", "tom and jerry")]
    [TestCase("Tom ＆ Jerry", "tom and jerry", Description = "full width")]
    [TestCase("& Sons &", "and sons and")]
    [TestCase("&&", "and and")]
    public void Of_Ampersand_IsAWord(string name, string normalized) => Assert.That(NormalizedName.Of(name), Is.EqualTo(normalized));

    [TestCase("x\u200By", Description = "zero width space")]
    [TestCase("x\u00ADy", Description = "soft hyphen")]
    [TestCase("x\u200Cy", Description = "zero width non-joiner")]
    [TestCase("\u200Fxy\u200E", Description = "direction marks")]
    [TestCase("x\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0y")]
    [TestCase("x\U000E0041\U0001D173y", Description = "format characters beyond the BMP")]
    [TestCase("\uFEFFxy")]
    public void Of_InvisibleCharacters_AreDropped(string name) => Assert.That(NormalizedName.Of(name), Is.EqualTo("xy"));

    [Test]
    public void Of_InvisibleCharacterBetweenLetterAndMark_LetsThemCompose() => Assert.That(NormalizedName.Of("カ\u200D\u3099メラ"), Is.EqualTo("ガメラ"));

    [TestCase("!\u200B?", "!?")]
    [TestCase("\u200B", "\u200B", Description = "an earlier version accepted it")]
    public void Of_PunctuationWithInvisibleCharacters_IsThePunctuation(string name, string normalized) => Assert.That(NormalizedName.Of(name), Is.EqualTo(normalized));

    [TestCase("\u200B", true)]
    [TestCase(" \u00AD\u3164 \u2800", true)]
    [TestCase("", true)]
    [TestCase("\uFE0F \U000E0100", true)]
    [TestCase("\u2764\uFE0F", false)]
    [TestCase("\u200B!", false)]
    [TestCase("\u0301", false)]
    [TestCase("x", false)]
    public void IsBlank_Text_TellsWhetherAnythingIsVisible(string text, bool isBlank) => Assert.That(NormalizedName.IsBlank(text), Is.EqualTo(isBlank));

    [Test]
    public void Of_500CombiningMarks_IsTheNameItself()
    {
        var marks = string.Concat(Enumerable.Repeat("\u0301", FilmDetails.NameMaxLength));

        Assert.That(NormalizedName.Of(marks), Is.EqualTo(marks));
        Assert.That(NormalizedName.Of(marks[..^1] + "x"), Is.EqualTo("x"));
    }

    [TestCase("...", "...")]
    [TestCase("?!", "?!")]
    [TestCase("'", "'")]
    [TestCase("\u0301", "\u0301")]
    public void Of_NameOfWhichNothingIsLeft_IsTheNameInLowerCase(string name, string normalized) => Assert.That(NormalizedName.Of(name), Is.EqualTo(normalized));

    [TestCase("𝕌𝕡", "up")]
    [TestCase("𐐀", "𐐨")]
    [TestCase("🎬 Cut", "🎬 cut")]
    public void Of_AstralCharacters_FoldAsOthersDo(string name, string normalized) => Assert.That(NormalizedName.Of(name), Is.EqualTo(normalized));

    [Test]
    public void Of_EveryCharacterThatANameCanHave_FoldsAndFoldingTwiceChangesNothing()
    {
        var unstable = Enumerable.Range(0x20, 0x110000 - 0x20)
            .Where(value => value is < 0xD800 or > 0xDFFF)
            .Chunk(FilmDetails.NameMaxLength / 2)
            .Select(values => NormalizedName.Of(string.Join('b', values.Select(char.ConvertFromUtf32))))
            .Where(normalized => NormalizedName.Of(normalized) != normalized)
            .ToList();

        Assert.That(unstable, Is.Empty);
    }

    [Test]
    public void Of_RandomNamesOfAllCharacters_AreFoldedByTheRule()
    {
        var random = new Random(7);
        for (var round = 0; round < 50_000; round++)
        {
            var name = string.Concat(Enumerable.Range(0, random.Next(1, round % 100 == 0 ? 600 : 12)).Select(_ => RandomCharacter(random)));
            Assert.That(NormalizedName.Of(name), Is.EqualTo(ByTheRule(name)), string.Join(' ', name.Select(part => $"{(int)part:X4}")));
        }
    }

    [Test]
    public void Of_EachCharacterInAWord_IsFoldedByTheRule()
    {
        var wrong = Enumerable.Range(0, 0x110000)
            .Where(value => value is < 0xD800 or > 0xDFFF)
            .Select(value => $"A{char.ConvertFromUtf32(value)}b")
            .Where(name => NormalizedName.Of(name) != ByTheRule(name))
            .ToList();

        Assert.That(wrong, Is.Empty);
    }

    // ASCII, European alphabets with their diacritics, and everything else, in about equal parts.
    private static string RandomCharacter(Random random) => char.ConvertFromUtf32(random.Next(3) switch
    {
        0 => random.Next(0x80),
        1 => random.Next(0x530),
        _ => random.Next(2) == 0 ? random.Next(0xD800) : random.Next(0xE000, 0x110000),
    });

    // The rule as the contract states it, step by step.
    private static string ByTheRule(string name)
    {
        var apart = string.Join('\uFFFE', Regex.Replace(name, "[\u00B4\u1FFD]", "'").Split('\uFFFE').Select(part => part.Normalize(NormalizationForm.FormKD)));
        var withoutMarks = Visible(Regex.Replace(apart, "[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]", ""));
        var together = string.Join('\uFFFE', withoutMarks.Split('\uFFFE').Select(part => part.Normalize(NormalizationForm.FormC)));
        var lower = string.Concat(together.EnumerateRunes().Select(rune => Rune.ToLowerInvariant(rune).ToString()));
        var latin = lower.Replace("ß", "ss").Replace("æ", "ae").Replace("œ", "oe").Replace("ø", "o").Replace("ł", "l").Replace("đ", "d").Replace("ı", "i").Replace("ς", "σ");
        var plain = Regex.Replace(latin, "['`\u00B4\u2032\u2018\u2019\u201B\u02BC]", "").Replace("&", " and ").Replace('\u2044', '/');
        var words = string.Concat(plain.EnumerateRunes().Select(rune => Rune.IsPunctuation(rune) || Rune.IsWhiteSpace(rune) ? " " : rune.ToString()));
        var normalized = Regex.Replace(words, " +", " ").Trim(' ');
        return normalized.Length > 0 ? normalized : Visible(name) is { Length: > 0 } visible ? visible.ToLowerInvariant() : name.ToLowerInvariant();
    }

    private static string Visible(string text) => string.Concat(text.EnumerateRunes()
        .Where(rune => Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format && !"\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0".Contains(rune.ToString(), StringComparison.Ordinal))
        .Select(rune => rune.ToString()));

    [Test]
    public void Of_TurkishMachine_FoldsAsEverywhere()
    {
        var here = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new("tr-TR");
            Assert.That(NormalizedName.Of("TITANIC"), Is.EqualTo("titanic"));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = here;
        }
    }
}
