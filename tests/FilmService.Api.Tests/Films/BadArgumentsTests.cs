namespace FilmService.Api.Tests.Films;

/// <summary>Invalid values of PUT.</summary>
public sealed class BadArgumentsTests : BadArgumentsTest
{
    [TestCase("2018.5")]
    [TestCase("1869")]
    [TestCase("2201")]
    [TestCase("-2018")]
    [TestCase("0")]
    [TestCase("1e400")]
    [TestCase("2.018e-400")]
    [TestCase("2018.0000000000000000000000000000000000001")]
    [TestCase("99999999999999999999")]
    [TestCase("true")]
    [TestCase("[2018]")]
    [TestCase("{\"year\":2018}")]
    [TestCase("\"２０１８\"")]
    [TestCase("\"٢٠١٨\"")]
    [TestCase("\"2018.0\"")]
    [TestCase("\"+2018\"")]
    [TestCase("\" 2018\"")]
    [TestCase("\"2018\\u0000\"")]
    [TestCase("\"MMXVIII\"")]
    [TestCase("\"\"")]
    [TestCase("\"\\ud800\"")]
    public async Task Put_BadYear_IsRefused(string year)
    {
        var answer = await PutAsync("9", $$"""{"name":"Up","year":{{year}}}""");

        await AssertRefusedAsync(answer, Invalid("9", ("year", YearRule)));
    }

    [TestCase("")]
    [TestCase("\"")]
    public async Task Put_YearOf10000Digits_IsRefused(string quote)
    {
        var answer = await PutAsync("9", $$"""{"name":"Up","year":{{quote}}{{new string('2', 10_000)}}{{quote}}}""");

        await AssertRefusedAsync(answer, Invalid("9", ("year", YearRule)));
    }

    [TestCase("\"Marchember\"")]
    [TestCase("\"Mar\"")]
    [TestCase("\" March\"")]
    [TestCase("\"3\"")]
    [TestCase("\"\"")]
    [TestCase("\"März\"")]
    [TestCase("\"\\ud83d\"")]
    [TestCase("3")]
    [TestCase("false")]
    [TestCase("[\"March\"]")]
    public async Task Put_BadMonth_IsRefused(string month)
    {
        var answer = await PutAsync("9", $$"""{"name":"Up","year":2009,"month":{{month}}}""");

        await AssertRefusedAsync(answer, Invalid("9", ("month", MonthRule)));
    }

    [TestCase("\"\"", "Name must not be empty.")]
    [TestCase("\" \\t\\n\\u3000 \"", "Name must not be empty.")]
    [TestCase("null", "Name is required.")]
    [TestCase("\"a\\u0000b\"", NameRule)]
    [TestCase("\"a\\nb\"", NameRule)]
    [TestCase("\"a\\u0085b\"", NameRule)]
    [TestCase("\"a\\u007f\"", NameRule)]
    [TestCase("\"\\ud83d\"", "Name must be a string without lone surrogates.")]
    [TestCase("\"a\\ude00\\ud83d\"", "Name must be a string without lone surrogates.")]
    [TestCase("1984", "Name must be a string without lone surrogates.")]
    [TestCase("true", "Name must be a string without lone surrogates.")]
    [TestCase("[\"Up\"]", "Name must be a string without lone surrogates.")]
    [TestCase("{}", "Name must be a string without lone surrogates.")]
    public async Task Put_BadName_IsRefused(string name, string message)
    {
        var answer = await PutAsync("9", $$"""{"name":{{name}},"year":2009}""");

        await AssertRefusedAsync(answer, Invalid("9", ("name", message)));
    }

    [TestCase("a")]
    [TestCase("😀")]
    public async Task Put_NameOf501CodePoints_IsRefused(string codePoint)
    {
        var answer = await PutAsync("9", $$"""{"name":"{{string.Concat(Enumerable.Repeat(codePoint, 501))}}","year":2009}""");

        await AssertRefusedAsync(answer, Invalid("9", ("name", NameRule)));
    }

    [Test]
    public async Task Put_SeveralFaults_AreToldAtOnce()
    {
        var answer = await PutAsync("7", """{"name":"","year":1800,"month":"Juli","Id":"8","Nmae":"Up"}""");

        await AssertRefusedAsync(answer, Invalid(
            "7",
            ("id", "The id in the body must equal the id in the URL, or be left out."),
            ("name", "Name must not be empty."),
            ("nmae", $"'Nmae' is unknown. Did you mean 'name'? {Known}"),
            ("year", YearRule),
            ("month", MonthRule)));
    }

    [Test]
    public async Task Put_EmptyObject_NamesWhatIsRequired()
    {
        var answer = await PutAsync("9", "{}");

        await AssertRefusedAsync(answer, Invalid("9", ("name", "Name is required."), ("year", "Year is required.")));
    }

    [Test]
    public async Task Put_MonthAlone_NamesWhatIsRequired()
    {
        var answer = await PutAsync("1", """{"month":"May"}""");

        await AssertRefusedAsync(answer, Invalid("1", ("name", "Name is required."), ("year", "Year is required.")));
    }

    [TestCase("8")]
    [TestCase("09")]
    [TestCase(" ")]
    public async Task Put_IdOtherThanTheAddress_IsRefused(string id)
    {
        var answer = await PutAsync("9", $$"""{"Id":"{{id}}","name":"Up","year":2009}""");

        await AssertRefusedAsync(answer, Invalid("9", ("id", "The id in the body must equal the id in the URL, or be left out.")));
    }

    [TestCase("name=a%00b&year=2009", "name", NameRule)]
    [TestCase("name=Up&year=%EF%BC%92%EF%BC%90%EF%BC%91%EF%BC%98", "year", YearRule)]
    [TestCase("name=Up&year=2009&month=0", "month", MonthRule)]
    [TestCase("name=&year=2009", "name", "Name is required.")]
    [TestCase("name&year=2009", "name", "Name is required.")]
    public async Task Put_BadValueInForm_IsRefused(string form, string name, string message)
    {
        var answer = await PutFormAsync(form);

        await AssertRefusedAsync(answer, Invalid("9", (name, message)));
    }
}
