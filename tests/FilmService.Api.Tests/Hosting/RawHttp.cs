using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace FilmService.Api.Tests.Hosting;

/// <summary>
/// Sends requests byte by byte that no HTTP library would send. In strings, each character up to U+00FF is one byte.
/// </summary>
public static class RawHttp
{
    private static readonly Encoding Bytes = Encoding.Latin1;

    /// <summary>Sends a request with the service's own <c>Host</c>, unless <paramref name="fields"/> has another.</summary>
    public static Task<HttpAnswer> SendRawAsync(this FilmServiceHost host, string requestLine, string body = "", params string[] fields)
    {
        string[] own = fields.Any(field => field.StartsWith("Host:", StringComparison.Ordinal)) ? [] : [$"Host: {host.Address.Authority}"];
        return host.SendBytesAsync(Bytes.GetBytes($"{requestLine} HTTP/1.1\r\n{string.Concat(own.Concat(fields).Select(field => field + "\r\n"))}\r\n{body}"));
    }

    /// <summary>Sends a request with a JSON body, its length and type.</summary>
    public static Task<HttpAnswer> SendRawJsonAsync(this FilmServiceHost host, string requestLine, string body, params string[] fields) =>
        host.SendRawAsync(requestLine, body, ["Content-Type: application/json", $"Content-Length: {body.Length}", .. fields]);

    /// <summary>Sends every byte before reading the response, as simple clients do.</summary>
    public static async Task<HttpAnswer> SendBytesAsync(this FilmServiceHost host, byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Address.Host, host.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(request);
        return await ReadAnswerAsync(stream, isHead: request.AsSpan().StartsWith("HEAD "u8));
    }

    /// <summary>Sends these bytes, closes its side of the connection, and waits until the service has closed the other.</summary>
    public static async Task SendAndLeaveAsync(this FilmServiceHost host, byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Address.Host, host.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(request);
        client.Client.Shutdown(SocketShutdown.Send);
        try
        {
            await stream.CopyToAsync(Stream.Null);
        }
        catch (IOException)
        {
            // The service reset the connection.
        }
    }

    private static async Task<HttpAnswer> ReadAnswerAsync(NetworkStream stream, bool isHead)
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var next = stream.ReadByte();
            head.Append(next >= 0 ? (char)next : throw new EndOfStreamException($"The answer ends after '{head}'."));
        }

        var lines = head.ToString().TrimEnd().Split("\r\n");
        var message = new HttpResponseMessage((System.Net.HttpStatusCode)int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture));
        var fields = lines.Skip(1).Select(line => line.Split(": ", 2)).ToLookup(field => field[0], field => field.ElementAtOrDefault(1) ?? "", StringComparer.OrdinalIgnoreCase);
        var body = new byte[isHead ? 0 : int.Parse(fields["Content-Length"].FirstOrDefault("0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body);
        message.Content = new ByteArrayContent(body);
        foreach (var field in fields.Where(field => !message.Headers.TryAddWithoutValidation(field.Key, field)))
        {
            message.Content.Headers.TryAddWithoutValidation(field.Key, field);
        }

        return new HttpAnswer((int)message.StatusCode, Encoding.UTF8.GetString(body), message);
    }
}
