using System.Buffers.Text;
using System.Text;

namespace FilmService.Load;

/// <summary>The bytes of one request, written anew for each.</summary>
internal sealed class RequestBuffer(int port, string field = "")
{
    private readonly byte[] host = Encoding.ASCII.GetBytes(
        $" HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: application/json\r\n{(field.Length > 0 ? field + "\r\n" : "")}");

    private readonly byte[] bytes = new byte[4096];
    private int length;

    /// <summary>The film that is asked for; 0 where it is none.</summary>
    public int Id { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    public void Get(ReadOnlySpan<byte> path)
    {
        Start(0);
        Append("GET "u8);
        Append(path);
        Append(host);
        Append("\r\n"u8);
    }

    public void GetFilm(int id, ReadOnlySpan<byte> ifNoneMatch = default)
    {
        Start(id);
        Append("GET /films/"u8);
        Append(id);
        Append(host);
        if (!ifNoneMatch.IsEmpty)
        {
            Append("If-None-Match: "u8);
            Append(ifNoneMatch);
            Append("\r\n"u8);
        }

        Append("\r\n"u8);
    }

    /// <summary>A name and a password (RFC 7617).</summary>
    public void LogIn(ReadOnlySpan<byte> path, ReadOnlySpan<byte> credentials)
    {
        Start(0);
        Append("GET "u8);
        Append(path);
        Append(host);
        Append("Authorization: Basic "u8);
        Base64.EncodeToUtf8(credentials, bytes.AsSpan(length), out _, out var written);
        length += written;
        Append("\r\n\r\n"u8);
    }

    public void PutFilm(int id, ReadOnlySpan<byte> json)
    {
        Start(id);
        Append("PUT /films/"u8);
        Append(id);
        Append(host);
        Append("Content-Type: application/json\r\nContent-Length: "u8);
        Append(json.Length);
        Append("\r\n\r\n"u8);
        Append(json);
    }

    private void Start(int id)
    {
        Id = id;
        length = 0;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(bytes.AsSpan(length));
        length += text.Length;
    }

    private void Append(int number)
    {
        Utf8Formatter.TryFormat(number, bytes.AsSpan(length), out var written);
        length += written;
    }
}
