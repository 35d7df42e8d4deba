using System.Text;
using System.Text.Unicode;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Http.Binding;

/// <summary>Reads <c>name=value&amp;...</c> from a query string or form. Invalid UTF-8 is rejected, not replaced.</summary>
internal static class UrlEncoded
{
    /// <summary>UTF-8 that throws on invalid bytes.</summary>
    public static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ProblemException">The form is not valid percent-encoded UTF-8, or has too many fields.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Read(ReadOnlySpan<byte> form, string place)
    {
        if (form.Count((byte)'&') >= ArgumentSet.MaxCount)
        {
            throw Malformed($"{place} has more than {ArgumentSet.MaxCount} fields.");
        }

        return Utf8.IsValid(form) ? Read(Encoding.UTF8.GetString(form), place) : throw Malformed($"{place} is not valid UTF-8.");
    }

    /// <exception cref="ProblemException">A name or value is not valid percent-encoded UTF-8.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Read(string text, string place)
    {
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (pair, "") : (pair[..equals], pair[(equals + 1)..]);
            yield return new(Decode(name), Decode(value));
        }

        string Decode(string encoded) => TryDecode(encoded.Replace('+', ' '))
            ?? throw Malformed($"{place} is not valid percent-encoded UTF-8.");
    }

    /// <summary>Decodes percent-encoding (RFC 3986 §2.1); null if an escape is broken or the bytes are not UTF-8.</summary>
    public static string? TryDecode(string encoded)
    {
        if (!encoded.Contains('%', StringComparison.Ordinal))
        {
            return encoded;
        }

        var (from, to) = (Encoding.UTF8.GetBytes(encoded), new List<byte>(encoded.Length));
        for (var i = 0; i < from.Length; i++)
        {
            if (from[i] != '%')
            {
                to.Add(from[i]);
            }
            else if (i + 2 < from.Length && char.IsAsciiHexDigit((char)from[i + 1]) && char.IsAsciiHexDigit((char)from[i + 2]))
            {
                to.Add(Convert.FromHexString(from.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                return null;
            }
        }

        try
        {
            return StrictUtf8.GetString([.. to]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static ProblemException Malformed(string detail) => new(new Problem(ProblemTypes.Malformed, detail));
}
