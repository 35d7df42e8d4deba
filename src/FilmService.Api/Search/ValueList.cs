using System.Text;

namespace FilmService.Api.Search;

/// <summary>Comma-separated values; a value that contains a comma is put in double quotes, in which a quote is doubled.</summary>
internal static class ValueList
{
    /// <summary>The values; null if a quote is not closed, or is followed by something other than a comma.</summary>
    public static List<string>? Split(string text)
    {
        var values = new List<string>();
        for (var i = 0; i <= text.Length; i++)
        {
            if (ReadValue(text, ref i) is not { } value)
            {
                return null;
            }

            values.Add(value);
        }

        return values;
    }

    // Moves to the comma after the value, or to the end.
    private static string? ReadValue(string text, ref int i)
    {
        if (i == text.Length || text[i] != '"')
        {
            var start = i;
            i = text.IndexOf(',', start) is >= 0 and var comma ? comma : text.Length;
            return text[start..i];
        }

        var value = new StringBuilder();
        for (i++; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                value.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '"')
            {
                value.Append(text[i++]);
            }
            else
            {
                return ++i == text.Length || text[i] == ',' ? value.ToString() : null;
            }
        }

        return null;
    }
}
