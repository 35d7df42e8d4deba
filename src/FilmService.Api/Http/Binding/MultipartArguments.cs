using System.Text;
using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FilmService.Api.Http.Binding;

/// <summary>Reads the fields of a multipart form (RFC 7578). Files are rejected.</summary>
internal static class MultipartArguments
{
    // RFC 2046 §5.1.1 allows 70 characters. Longer ones are accepted, up to what fits in the reader's buffer.
    private const int MaxBoundaryLength = 4_000;

    /// <summary>A reader of the form's parts.</summary>
    /// <exception cref="ProblemException">The content type has no boundary, or one that is too long.</exception>
    public static MultipartReader ReaderOf(string? contentType, Stream body)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(contentType).Boundary).Value;
        if (string.IsNullOrEmpty(boundary))
        {
            throw Malformed("The multipart form's Content-Type has no boundary.");
        }

        return boundary.Length <= MaxBoundaryLength
            ? new MultipartReader(boundary, body)
            : throw Malformed($"The multipart form's boundary is longer than {MaxBoundaryLength} characters. Use at most 70.");
    }

    /// <exception cref="ProblemException">The body is not a multipart form, or contains a file.</exception>
    public static async Task ReadAsync(byte[] body, string contentType, ArgumentSet arguments)
    {
        var reader = ReaderOf(contentType, new MemoryStream(body));
        try
        {
            while (await reader.ReadNextSectionAsync() is { } section)
            {
                if (arguments.IsFull)
                {
                    throw Malformed($"The multipart form has more than {ArgumentSet.MaxCount} fields.");
                }

                await AddAsync(section, arguments);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or DecoderFallbackException)
        {
            throw Malformed("The multipart form is truncated or invalid.");
        }
    }

    private static async Task AddAsync(MultipartSection section, ArgumentSet arguments)
    {
        if (section.GetContentDispositionHeader() is not { } disposition
            || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            || disposition.Parameters.Count(parameter => parameter.Name.Equals("name", StringComparison.OrdinalIgnoreCase)) != 1
            || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name)
        {
            throw Malformed("A part of the multipart form has no name, or more than one.");
        }

        if (disposition.IsFileDisposition())
        {
            arguments.AddFault(ArgumentSet.Echo(name).ToLowerInvariant(), $"'{ArgumentSet.Echo(name)}' is a file; send a plain field.");
            return;
        }

        if (!IsPlainText(section))
        {
            arguments.AddFault(ArgumentSet.Echo(name).ToLowerInvariant(), $"'{ArgumentSet.Echo(name)}' must be plain UTF-8 text without a transfer encoding.");
            return;
        }

        var content = new MemoryStream();
        await section.Body.CopyToAsync(content);
        arguments.Add(name, ArgumentValue.OfForm(UrlEncoded.StrictUtf8.GetString(content.ToArray())));
    }

    // RFC 7578 §4.4 and §4.7: a part is text/plain unless it names another type, and has no further encoding.
    private static bool IsPlainText(MultipartSection section) =>
        (section.ContentType is null
            || (MediaTypeHeaderValue.TryParse(section.ContentType, out var type)
                && type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase)
                && HeaderUtilities.RemoveQuotes(type.Charset) is { Value: null or "" or "utf-8" or "UTF-8" or "us-ascii" or "US-ASCII" }))
        && (section.Headers is null || !section.Headers.TryGetValue("Content-Transfer-Encoding", out var coding)
            || coding.ToString().ToUpperInvariant() is "7BIT" or "8BIT" or "BINARY");

    private static ProblemException Malformed(string detail) => new(new Problem(ProblemTypes.Malformed, detail));
}
