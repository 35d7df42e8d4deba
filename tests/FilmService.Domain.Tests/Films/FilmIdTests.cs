using System.Globalization;
using System.Numerics;
using System.Text;
using FilmService.Domain.Films;

namespace FilmService.Domain.Tests.Films;

public sealed class FilmIdTests
{
    // Digits, and text whose UTF-16 order is not its UTF-8 order.
    private static readonly string[] Pieces = ["0", "0", "1", "2", "9", "10", "a", "A", "-", " ", "é", "\u0660", "\uFF10", "\uFFFD", "\U0001F3AC"];

    [Test]
    public void ToSortKey_ManyRandomIds_OrderLikeTheContractSays([Range(1, 8)] int seed)
    {
        var ids = RandomIds(new Random(seed), 2_000);

        var byKey = ids.OrderBy(id => id.ToSortKey(), Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y))).ToList();

        var natural = ids.Order(Comparer<FilmId>.Create(CompareNaturally)).ToList();
        Assert.That(byKey, Is.EqualTo(natural));
    }

    [Test]
    public void ToSortKey_DifferentIds_HaveDifferentKeys()
    {
        var ids = RandomIds(new Random(9), 5_000);

        var keys = ids.Select(id => Convert.ToHexString(id.ToSortKey())).Distinct().ToList();

        Assert.That(keys, Has.Count.EqualTo(ids.Count));
    }

    [Test]
    public void ToSortKey_IdsOfOneValue_PutFewerLeadingZerosFirst()
    {
        string[] natural = ["0", "00", "1", "01", "001", "2", "10", "010", "99999999999999999999", "-1", "1a", "A", "a", "\uFFFD", "\U0001F3AC"];

        var sorted = natural.Reverse().Select(Id).OrderBy(id => Convert.ToHexString(id.ToSortKey()), StringComparer.Ordinal);

        Assert.That(sorted.Select(id => id.Value), Is.EqualTo(natural));
    }

    [TestCase("7")]
    [TestCase("...")]
    [TestCase(" ")]
    [TestCase("a b")]
    [TestCase("%2F")]
    [TestCase("कि")]
    [TestCase("\U0001F3AC")]
    public void TryParse_AnyText_KeepsItExactly(string text)
    {
        Assert.That(FilmId.TryParse(text, out var id), Is.True);
        Assert.That(id!.ToString(), Is.EqualTo(text));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("/")]
    [TestCase("a/b")]
    [TestCase("a\0")]
    [TestCase("a\u001F")]
    [TestCase("a\u007F")]
    [TestCase("a\u009F")]
    public void TryParse_TextThatIsNoId_ReturnsFalse(string? text)
    {
        Assert.That(FilmId.TryParse(text, out var id), Is.False);
        Assert.That(id, Is.Null);
    }

    // Not test cases, because the test runner's reports cannot contain lone surrogates.
    [Test]
    public void TryParse_LoneSurrogates_ReturnsFalse()
    {
        string[] texts = ["\uD83C", "\uDFAC", "a\uD83C", "\uD83Ca", "\uDFAC\uD83C"];

        Assert.That(texts.Where(text => FilmId.TryParse(text, out _)), Is.Empty);
    }

    [TestCase("a")]
    [TestCase("é")]
    [TestCase("\U0001F3AC")]
    public void TryParse_LongText_CountsCodePoints(string codePoint)
    {
        Assert.That(FilmId.TryParse(Repeat(codePoint, FilmId.MaxLength), out _), Is.True);
        Assert.That(FilmId.TryParse(Repeat(codePoint, FilmId.MaxLength + 1), out _), Is.False);
    }

    [Test]
    public void ToSortKey_LongestIdsOfDigits_StillOrderByValue()
    {
        var (least, zeros, most) = (Id("1" + Repeat("0", 127)), Id(Repeat("0", 127) + "9"), Id(Repeat("9", 128)));

        Assert.That(zeros.ToSortKey().AsSpan().SequenceCompareTo(least.ToSortKey()), Is.Negative);
        Assert.That(least.ToSortKey().AsSpan().SequenceCompareTo(most.ToSortKey()), Is.Negative);
    }

    [TestCase("7", "007")]
    [TestCase("a", "A")]
    [TestCase("\u00E9", "e\u0301")]
    public void Equals_IdsThatLookAlike_AreDifferent(string one, string other) => Assert.That(Id(one), Is.Not.EqualTo(Id(other)));

    [TestCase("0", 0L)]
    [TestCase("007", 7L)]
    [TestCase("999999999999999", 999_999_999_999_999L)]
    [TestCase("1000000000000000", null)]
    [TestCase("99999999999999999999", null)]
    [TestCase("+7", null)]
    [TestCase("7 ", null)]
    [TestCase("\u0667", null)]
    [TestCase("a", null)]
    public void WholeNumber_Id_IsItsValueBelowTheLimit(string id, long? number) => Assert.That(Id(id).WholeNumber, Is.EqualTo(number));

    [Test]
    public void Generated_Number_IsItsDigits() => Assert.That(FilmId.Generated(42), Is.EqualTo(Id("42")));

    private static int CompareNaturally(FilmId? x, FilmId? y)
    {
        var (xDigits, yDigits) = (x!.Value.All(char.IsAsciiDigit), y!.Value.All(char.IsAsciiDigit));
        if (xDigits && yDigits)
        {
            var byValue = BigInteger.Parse(x.Value, CultureInfo.InvariantCulture).CompareTo(BigInteger.Parse(y.Value, CultureInfo.InvariantCulture));
            return byValue != 0 ? byValue : x.Value.Length.CompareTo(y.Value.Length);
        }

        return xDigits || yDigits
            ? yDigits.CompareTo(xDigits)
            : Encoding.UTF8.GetBytes(x.Value).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y.Value));
    }

    private static List<FilmId> RandomIds(Random random, int count) => Enumerable.Range(0, count)
        .Select(_ => string.Concat(random.GetItems(Pieces, random.Next(1, 7))))
        .Distinct()
        .Select(Id)
        .ToList();

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static FilmId Id(string text) => FilmId.TryParse(text, out var id) ? id : throw new ArgumentException(text);
}
