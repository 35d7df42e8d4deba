using System.Text;

namespace FilmService.Api.Hosting.Settings;

/// <summary>The value of a setting that was read from a file.</summary>
/// <param name="Text">The content without a byte order mark and trailing line breaks; null if there is a fault.</param>
/// <param name="Fault">Why it has no value, as a sentence.</param>
internal sealed record SettingFile(string? Text, string? Fault)
{
    public const int MaxBytes = 64 << 10;
    public const string Rule = "a file that the service may read, with up to 64 KB of text in UTF-8";

    // A pipe that nobody writes to never ends.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static SettingFile Read(string path)
    {
        try
        {
            var reading = Task.Run(() => ReadBytes(path));
            return reading.Wait(Longest) ? Decode(reading.Result) : new(null, "It cannot be read to its end.");
        }
        catch (AggregateException exception) when (exception.InnerException is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new(null, path.Length == 0 ? "It names no file." : exception.InnerException.Message);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[MaxBytes + 1];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static SettingFile Decode(byte[] bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            return new(null, "It is larger than 64 KB.");
        }

        try
        {
            var text = Strict.GetString(bytes).TrimStart('\uFEFF').TrimEnd('\r', '\n');
            return text.Length == 0 ? new(null, "It is empty.")
                : text.Any(character => char.IsControl(character) && character is not ('\t' or '\r' or '\n')) ? new(null, "It is not a text file.")
                : new(text, null);
        }
        catch (DecoderFallbackException)
        {
            return new(null, "It is not a text file in UTF-8.");
        }
    }
}
