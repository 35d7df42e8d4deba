using System.Diagnostics;
using System.Globalization;
using FilmService.Api.Access;
using Serilog;
using Serilog.AspNetCore;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace FilmService.Api.Logging;

/// <summary>What the service logs, and how: text for people in Development, JSON lines elsewhere.</summary>
internal static class ServiceLog
{
    /// <summary>
    /// Sends the framework's logging to Serilog. The console is written from a thread of its own. The logger belongs to the
    /// host, which flushes it at its end: a static one would end with the first of several hosts in a process.
    /// </summary>
    public static void AddServiceLog(this WebApplicationBuilder builder) => builder.Services.AddSerilog(log =>
    {
        log.MinimumLevel.Override("Microsoft", LogEventLevel.Warning).MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information);
        log.ReadFrom.Configuration(builder.Configuration);
        log.WriteTo.Async(sinks =>
        {
            if (builder.Environment.IsDevelopment())
            {
                sinks.Console(formatProvider: CultureInfo.InvariantCulture);
            }
            else
            {
                sinks.Console(new CompactJsonFormatter());
            }
        });
    }, preserveStaticLogger: true);

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
