using System.Globalization;

namespace FilmService.Api.Http.Results;

internal static class TimeText
{
    /// <summary>The time in UTC, as responses show it.</summary>
    public static string ToText(this DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
