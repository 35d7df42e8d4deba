using System.Text;
using System.Text.Json;
using FilmService.Api.Http.Results;

namespace FilmService.Api.Tests.Http;

/// <summary>JSON is escaped only where RFC 8259 §7 requires it.</summary>
public sealed class PlainJsonEncoderTests
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = new PlainJsonEncoder() };

    [TestCase("", "")]
    [TestCase("plain", "plain")]
    [TestCase("\"\\/", "\\\"\\\\/")]
    [TestCase("\b\f\n\r\t", "\\b\\f\\n\\r\\t")]
    [TestCase("\0\u0001\u001F \u007F\u0080", "\\u0000\\u0001\\u001F \u007F\u0080")]
    [TestCase("doesn't <b>&amp;</b> `+", "doesn't <b>&amp;</b> `+")]
    [TestCase("é\u2028\u2029\uFEFF\uFFFD\uFFFF日本", "é\u2028\u2029\uFEFF\uFFFD\uFFFF日本")]
    [TestCase("😀", "😀")]
    [TestCase("😀😀\"😀\n😀", "😀😀\\\"😀\\n😀")]
    [TestCase("\U0010FFFF", "\U0010FFFF")]
    public void Write_Text_EscapesOnlyWhatJsonAsksFor(string text, string expected)
    {
        Assert.That(Written(json => json.WriteStringValue(text)), Is.EqualTo($"\"{expected}\""));
        Assert.That(JsonEncodedText.Encode(text, Plain.Encoder).ToString(), Is.EqualTo(expected));
        Assert.That(Written(json => json.WriteStringValue(Encoding.UTF8.GetBytes(text))), Is.EqualTo($"\"{expected}\""));
    }

    // Not test cases, because attributes are stored as UTF-8, which cannot represent lone surrogates.
    [Test]
    public void Write_LoneSurrogate_IsReplaced()
    {
        string[] texts = ["a\uD83D", "\uDE00b", "\uD83D\uD83D\uDE00\uDE00", "\uD83D\""];

        var written = texts.Select(text => Written(json => json.WriteStringValue(text)));

        Assert.That(written, Is.EqualTo(["\"a\uFFFD\"", "\"\uFFFDb\"", "\"\uFFFD😀\uFFFD\"", "\"\uFFFD\\\"\""]));
    }

    [Test]
    public void Write_BytesThatAreNotUtf8_AreReplaced() =>
        Assert.That(Written(json => json.WriteStringValue([(byte)'a', 0xED, 0xA0, 0xBD, (byte)'"'])), Is.EqualTo("\"a\uFFFD\uFFFD\uFFFD\\\"\""));

    [Test]
    public void Write_EveryCodePoint_IsReadBackAsItWas()
    {
        var text = new StringBuilder();
        for (var scalar = 0; scalar <= 0x10FFFF; scalar += scalar < 0x3000 ? 1 : 61)
        {
            if (Rune.IsValid(scalar))
            {
                text.Append(new Rune(scalar).ToString());
            }
        }

        Assert.That(JsonSerializer.Deserialize<string>(Written(json => json.WriteStringValue(text.ToString()))), Is.EqualTo(text.ToString()));
    }

    [Test]
    public void Write_PropertyName_IsWrittenAsItIs() =>
        Assert.That(
            Written(json =>
            {
                json.WriteStartObject();
                json.WriteNull("😀'");
                json.WriteEndObject();
            }),
            Is.EqualTo("{\"😀'\":null}"));

    private static string Written(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
