using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FilmService.Api.Commands;

/// <summary>Sends requests to a running service.</summary>
internal sealed class ServiceClient : IDisposable
{
    private readonly Uri _service;
    private readonly Credentials _credentials;
    private readonly HttpClient _http;

    /// <exception cref="CommandException">The URL is not valid.</exception>
    public ServiceClient(string url, Credentials credentials)
    {
        if (!Uri.TryCreate(url.TrimEnd('/') + '/', UriKind.Absolute, out var service) || service.Scheme is not ("http" or "https")
            || service.UserInfo.Length > 0 || service.Query.Length > 0 || service.Fragment.Length > 0)
        {
            throw new CommandException("--url must be a URL such as http://127.0.0.1:5000, without user, password or query.", ExitCode.Usage);
        }

        (_service, _credentials) = (service, credentials);
        // A proxy from the environment cannot reach services on this machine.
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !service.IsLoopback, ConnectTimeout = TimeSpan.FromSeconds(15) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends a request for <c>films</c>; the response body has not been read yet.</summary>
    /// <exception cref="CommandException">The service cannot be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, IEnumerable<KeyValuePair<string, string>> parameters, Action<HttpRequestMessage> prepare, CancellationToken cancellationToken)
    {
        var query = string.Join('&', parameters.Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}"));
        using var request = new HttpRequestMessage(method, new Uri(_service, $"films?{query}"));
        request.Headers.Authorization = _credentials.ToHeader();
        prepare(request);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            throw new CommandException($"{_service} cannot be reached: {exception.Message} Is the service running?");
        }
    }

    /// <summary>The JSON object of a response; it is a problem (RFC 9457) unless the status is a success.</summary>
    /// <exception cref="CommandException">The response is something else.</exception>
    public static async Task<JsonObject> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new CommandException($"The server answered {(int)answer.StatusCode} {answer.ReasonPhrase}, but not in a form FilmService uses. Check --url.");
        }
    }

    /// <summary>The message of a problem, with all its errors.</summary>
    public static CommandException Explain(HttpResponseMessage answer, JsonObject problem)
    {
        var reasons = problem["errors"] is JsonObject errors ? errors.SelectMany(error => error.Value!.AsArray()).Select(reason => $"\n  {reason}") : [];
        var summary = problem["errors"] is JsonObject ? $"{problem["title"]}." : $"{problem["detail"]}";
        var hint = answer.StatusCode is HttpStatusCode.Unauthorized ? "\n  Log in with --user, --api-key or --token, or with their environment variables; see --help." : "";
        return new CommandException($"The service answered {(int)answer.StatusCode}: {summary}{string.Concat(reasons)}{hint}");
    }

    public void Dispose() => _http.Dispose();
}
