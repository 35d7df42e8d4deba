using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace FilmService.Api.Hosting.Stopping;

/// <summary>Notes since when an HTTP/2 request has been waiting for its client to send more of it, or to accept more of the response.</summary>
internal sealed class WatchedRequest : IRequestBodyPipeFeature, IHttpResponseBodyFeature
{
    private readonly HttpContext _context;
    private readonly IHttpResponseBodyFeature _response;
    private readonly WatchedReader _input;
    private readonly WatchedWriter _output;

    private WatchedRequest(HttpContext context)
    {
        _context = context;
        _response = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        (_input, _output) = (new WatchedReader(context.Request.BodyReader), new WatchedWriter(_response.Writer));
        Stream = _output.AsStream(leaveOpen: true);
        context.Request.Body = _input.AsStream(leaveOpen: true);
        context.Features.Set<IRequestBodyPipeFeature>(this);
        context.Features.Set<IHttpResponseBodyFeature>(this);
    }

    /// <inheritdoc cref="WatchedReader.WaitsSince"/>
    public long WaitsToRead => _input.WaitsSince;

    /// <inheritdoc cref="WatchedReader.WaitsSince"/>
    public long WaitsToWrite => _output.WaitsSince;

    PipeReader IRequestBodyPipeFeature.Reader => _input;

    /// <inheritdoc/>
    public PipeWriter Writer => _output;

    /// <inheritdoc/>
    public Stream Stream { get; }

    /// <summary>A middleware that watches HTTP/2 requests. Those of HTTP/1.1 are watched by their connection.</summary>
    public static Task WatchAsync(HttpContext context, RequestDelegate next) =>
        HttpProtocol.IsHttp2(context.Request.Protocol) && context.Features.Get<WatchedConnection>() is { } connection
            ? WatchAsync(context, next, connection)
            : next(context);

    /// <summary>Resets the request's stream (RFC 9113 §6.4); others on its connection go on.</summary>
    public void Abort() => _context.Abort();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken = default) => _response.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    /// <inheritdoc/>
    public Task CompleteAsync() => _response.CompleteAsync();

    /// <inheritdoc/>
    public void DisableBuffering() => _response.DisableBuffering();

    private static async Task WatchAsync(HttpContext context, RequestDelegate next, WatchedConnection connection)
    {
        var request = new WatchedRequest(context);
        connection.Add(request);
        try
        {
            await next(context);
        }
        finally
        {
            connection.Remove(request);
        }
    }
}
