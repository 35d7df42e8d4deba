using System.Diagnostics;
using System.Globalization;
using FilmService.Api.Access;
using Serilog;
using Serilog.AspNetCore;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace FilmService.Api.Logging;

/// <summary>What the service logs, and how: text for people in Development, JSON lines elsewhere.</summary>
internal static class ServiceLog
{
    /// <summary>
    /// Sends the framework's logging to Serilog. The logger belongs to the host, which flushes it at its end: a static one
    /// would end with the first of several hosts in a process.
    /// </summary>
    public static void AddServiceLog(this WebApplicationBuilder builder) => builder.Services.AddSerilog(log =>
    {
        log.MinimumLevel.Override("Microsoft", LogEventLevel.Warning).MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information);
        log.ReadFrom.Configuration(builder.Configuration);

        // Why the service does not start is told by the program, in words.
        log.Filter.ByExcluding(entry => entry.MessageTemplate.Text == "Hosting failed to start");
        log.WriteTo.Sink(new ConsoleLines(FormatterFor(builder.Environment)), ConsoleLines.Options);
    }, preserveStaticLogger: true);

    private static ITextFormatter FormatterFor(IHostEnvironment environment) => environment.IsDevelopment()
        ? new MessageTemplateTextFormatter("[{Timestamp:HH:mm:ss} {Level:u3}] {Message:lj}{NewLine}{Exception}", CultureInfo.InvariantCulture)
        : new CompactJsonFormatter();

    /// <summary>One event per request: method, path, status, time, caller, trace id. The query string and the header stay out of it.</summary>
    public static void UseRequestLog(this IApplicationBuilder app) => app.UseSerilogRequestLogging(options =>
    {
        options.Logger = app.ApplicationServices.GetRequiredService<Serilog.ILogger>();
        ConfigureRequestLog(options);
    });

    private static void ConfigureRequestLog(RequestLoggingOptions options)
    {
        options.MessageTemplate = "{RequestMethod} {RequestPath} {StatusCode} in {Elapsed:0.00} ms for {Caller} ({TraceId})";
        options.EnrichDiagnosticContext = (diagnostics, context) =>
        {
            diagnostics.Set("Caller", context.User.CallerName());
            diagnostics.Set("TraceId", Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier);
        };
    }
}
