using System.Text.Unicode;

namespace FilmService.Load;

/// <summary>Films as the arguments of a PUT.</summary>
internal sealed class FilmWriter
{
    /// <summary>How many films differ by year and month alone.</summary>
    public const int Variants = 12 * 120;

    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ];

    private readonly byte[] json = new byte[256];

    public ReadOnlySpan<byte> Write(int id, int variant)
    {
        Utf8.TryWrite(
            json,
            $$"""{"name":"The Voyage of Film {{id}}","year":{{1900 + (variant / 12)}},"month":"{{Months[variant % 12]}}"}""",
            out var length);
        return json.AsSpan(0, length);
    }
}
