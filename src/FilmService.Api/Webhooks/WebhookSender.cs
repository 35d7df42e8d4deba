using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using FilmService.Domain.Webhooks;
using StandardWebhooks;

namespace FilmService.Api.Webhooks;

/// <summary>The outcome of one attempt.</summary>
/// <param name="Status">The HTTP status; null if there was no response.</param>
/// <param name="Error">What went wrong; null if it succeeded.</param>
internal sealed record SentDelivery(DateTimeOffset At, TimeSpan Duration, int? Status, string? Error);

/// <summary>Sends signed requests. It follows no redirects, uses no proxy, and has one time limit for everything.</summary>
internal sealed class WebhookSender(WebhookConnector connector, WebhookSecrets secrets, TimeProvider clock) : IDisposable
{
    /// <summary>The limit for one attempt, from the look-up of the host to the response.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>The error if nothing can be signed.</summary>
    public const string NoSecret = "The secret cannot be decrypted, because the folder with its encryption key is missing. Rotate the secret, then enable the webhook.";

    private const int MaxResponseKilobytes = 64;

    // Created by the first delivery: without webhooks, nothing of it is loaded.
    private readonly Lazy<HttpMessageInvoker> _client = new(() => new HttpMessageInvoker(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = connector.ConnectAsync,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
        MaxResponseHeadersLength = MaxResponseKilobytes,
        MaxResponseDrainSize = MaxResponseKilobytes * 1024,
    }));

    /// <summary>Sends a body once; nothing is sent if it cannot be signed.</summary>
    public async Task<SentDelivery> SendAsync(Webhook webhook, string id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var (at, start) = (clock.GetUtcNow(), clock.GetTimestamp());
        if (Sign(webhook, id, at, body) is not { Length: > 0 } signatures)
        {
            return new SentDelivery(at, TimeSpan.Zero, null, NoSecret);
        }

        using var limit = new CancellationTokenSource(Timeout, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var (status, error) = await TrySendAsync(Request(webhook.Url, id, at, body, signatures), end.Token);
        cancellationToken.ThrowIfCancellationRequested();
        return new SentDelivery(at, clock.GetElapsedTime(start), status, error);
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private string Sign(Webhook webhook, string id, DateTimeOffset at, ReadOnlyMemory<byte> body)
    {
        var text = Encoding.UTF8.GetString(body.Span);
        return string.Join(' ', secrets.Read(webhook.ProtectedSecrets).Select(secret => new StandardWebhook(secret).Sign(id, at, text)));
    }

    private static HttpRequestMessage Request(string url, string id, DateTimeOffset at, ReadOnlyMemory<byte> body, string signatures)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("User-Agent", "FilmService");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", signatures);
        return request;
    }

    // The response counts from its header on: its body is only read, up to the limit, so that the connection can be used again.
    private async Task<(int? Status, string? Error)> TrySendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _client.Value.SendAsync(request, cancellationToken);
            var status = (int)response.StatusCode;
            return (status, ErrorOf(status));
        }
        catch (OperationCanceledException)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"There was no response within {Timeout.TotalSeconds} seconds."));
        }
        catch (HttpRequestException exception)
        {
            return (null, ErrorOf(exception));
        }
        finally
        {
            request.Dispose();
        }
    }

    private static string? ErrorOf(int status) => status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => $"The response was {status}, and redirects are not followed.",
        _ => $"The response was {status}.",
    };

    private static string ErrorOf(HttpRequestException exception) => exception switch
    {
        { InnerException: DeliveryException own } => own.Message,
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "The TLS handshake failed, or the certificate is not valid for the host.",
        { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } => "The response was not valid HTTP, or its header was too large.",
        _ => "The connection was closed before the response was complete.",
    };
}
