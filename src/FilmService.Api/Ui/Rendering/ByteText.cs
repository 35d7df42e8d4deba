using System.Globalization;

namespace FilmService.Api.Ui.Rendering;

/// <summary>Sizes as people read them.</summary>
public static class ByteText
{
    private static readonly string[] Units = ["bytes", "KB", "MB", "GB", "TB"];

    /// <summary>A size, such as <c>1.5 MB</c>; a KB is 1,000 bytes.</summary>
    public static string Of(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        while (size >= 1000 && unit < Units.Length - 1)
        {
            (size, unit) = (size / 1000, unit + 1);
        }

        return $"{size.ToString(unit == 0 || size >= 100 ? "N0" : "N1", CultureInfo.InvariantCulture)} {Units[unit]}";
    }
}
