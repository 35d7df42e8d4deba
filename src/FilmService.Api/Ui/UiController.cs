using FilmService.Api.Ui.Rendering;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui;

/// <summary>A controller of pages for people. They are not part of the API that the document describes.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public abstract class UiController : ControllerBase
{
    /// <summary>A page.</summary>
    /// <typeparam name="T">The component that renders the model.</typeparam>
    /// <param name="status">The response's status code.</param>
    protected static PageResult Page<T>(PageModel model, int status = StatusCodes.Status200OK)
        where T : IComponent => new(typeof(T), typeof(T), model, status);

    /// <summary>A page of which a script may request a part.</summary>
    /// <typeparam name="T">The component that renders the model.</typeparam>
    /// <typeparam name="TPart">The component that renders the part.</typeparam>
    protected static PageResult Page<T, TPart>(PageModel model, int status = StatusCodes.Status200OK)
        where T : IComponent
        where TPart : IComponent => new(typeof(T), typeof(TPart), model, status);

    /// <inheritdoc cref="LeadResult"/>
    protected static LeadResult LeadTo(string address) => new(address);
}
