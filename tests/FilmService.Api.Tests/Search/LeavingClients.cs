using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace FilmService.Api.Tests.Search;

/// <summary>Notices when the service learns that a client has left.</summary>
internal sealed class LeavingClients : IStartupFilter
{
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the first request is aborted.</summary>
    public Task FirstLeft => _left.Task;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((HttpContext context, RequestDelegate rest) =>
        {
            context.RequestAborted.Register(() => _left.TrySetResult());
            return rest(context);
        });
        next(app);
    };
}
