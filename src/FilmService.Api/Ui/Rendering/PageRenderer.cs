using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FilmService.Api.Ui.Rendering;

/// <summary>
/// Renders components to HTML. Each page has a renderer of its own, because a renderer keeps all components that it has rendered; and
/// they have a small container of their own, which is made for the first page, so that a start costs nothing.
/// </summary>
internal sealed class PageRenderer(ILoggerFactory loggers)
{
    private readonly Lazy<ServiceProvider> _services = new(() => new ServiceCollection().AddSingleton(loggers).BuildServiceProvider());

    /// <summary>The page, or the part of it, in UTF-8.</summary>
    public async Task<byte[]> RenderAsync(Type component, PageModel model, PageContext request)
    {
        await using var renderer = new HtmlRenderer(_services.Value, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = new Dictionary<string, object?> { [nameof(PageRoot.Component)] = component, [nameof(PageRoot.Model)] = model, [nameof(PageRoot.Request)] = request };
            var page = await renderer.RenderComponentAsync<PageRoot>(ParameterView.FromDictionary(parameters));
            return Encoding.UTF8.GetBytes(page.ToHtmlString());
        });
    }
}
