using System.Diagnostics;
using System.Globalization;
using FilmService.Api.Http;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace FilmService.Api.Hosting.Logging;

/// <summary>Sets up logging: text for people in Development, JSON lines elsewhere.</summary>
internal static class ServiceLog
{
    /// <summary>
    /// Sends the framework's logging to Serilog. The logger belongs to the host, which flushes it on shutdown: a static one would
    /// be closed with the first of several hosts in a process.
    /// </summary>
    public static void AddServiceLog(this WebApplicationBuilder builder) => builder.Services.AddSerilog(log =>
    {
        log.MinimumLevel.Override("Microsoft", LogEventLevel.Warning).MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information);

        // It logs every failed login.
        log.MinimumLevel.Override("idunno.Authentication", LogEventLevel.Warning);

        // It repeats the request log, and opens a scope for each request.
        log.MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off);
        if (builder.Configuration.GetSection("Serilog").Exists())
        {
            // Scans all assemblies for sinks, so it runs only if there is something to read.
            log.ReadFrom.Configuration(builder.Configuration);
        }

        // The program itself explains why the service does not start.
        log.Filter.ByExcluding(entry => entry.MessageTemplate.Text == "Hosting failed to start");
        log.WriteTo.Sink(LinesFor(builder.Environment));
    }, preserveStaticLogger: true);

    // Gives every request a trace id (W3C Trace Context), its own or its caller's, whatever is logged.
    private static readonly ActivityListener TraceIds = new()
    {
        ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
    };

    static ServiceLog() => ActivitySource.AddActivityListener(TraceIds);

    private static ConsoleSink LinesFor(IHostEnvironment environment) => environment.IsDevelopment()
        ? new(Console.OpenStandardOutput(), new MessageTemplateTextFormatter("[{Timestamp:HH:mm:ss} {Level:u3}] {Message:lj} {TraceId}{NewLine}{Exception}", CultureInfo.InvariantCulture))
        : new(Console.OpenStandardOutput(), new CompactJsonFormatter(), RequestLogFormatter.TryWrite);

    /// <summary>
    /// One event per request: method, path, status, time in milliseconds, caller; the trace id is the event's own, <c>@tr</c> in
    /// JSON. Query string and header fields are not logged.
    /// </summary>
    public static void UseRequestLog(this IApplicationBuilder app) => app.UseSerilogRequestLogging(options =>
    {
        options.Logger = app.ApplicationServices.GetRequiredService<Serilog.ILogger>();
        options.MessageTemplate = RequestLogFormatter.Template;
        options.GetLevel = (context, _, exception) => LevelOf(context.Response.StatusCode, exception);
        options.GetMessageTemplateProperties = (context, _, elapsed, status) =>
        [
            new("RequestMethod", new ScalarValue(context.Request.Method)),

            // Encoded, because a line break in the path could forge log lines.
            new("RequestPath", new ScalarValue(context.Request.Path.ToUriComponent())),
            new("StatusCode", new ScalarValue(status)),
            new("Elapsed", new ScalarValue(Math.Round(elapsed, 3))),
            new("Caller", new ScalarValue(context.User.CallerName())),
        ];
    });

    // 503 is no defect: the service is busy, or waits for something that has lines of its own in the log.
    private static LogEventLevel LevelOf(int status, Exception? exception) =>
        exception is not null || (status >= StatusCodes.Status500InternalServerError && status != StatusCodes.Status503ServiceUnavailable) ? LogEventLevel.Error
        : status == StatusCodes.Status503ServiceUnavailable ? LogEventLevel.Warning
        : LogEventLevel.Information;
}
