using FilmService.Api.Arguments;
using FilmService.Api.Errors;
using FilmService.Api.Http;
using FilmService.Domain.Films;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FilmService.Api.Films;

/// <summary>Reads the film id of <c>/films/{id}</c> as the client wrote it.</summary>
internal sealed class FilmIdBinder : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        bindingContext.Result = ModelBindingResult.Success(Of(bindingContext.HttpContext));
        return Task.CompletedTask;
    }

    /// <exception cref="ProblemException">400: it is no film id.</exception>
    public static FilmId Of(HttpContext context) =>
        FilmId.TryParse(UrlEncoded.TryDecode(RequestPath.Segments(context)[1]), out var id)
            ? id
            : throw new ProblemException(new Problem(ProblemTypes.InvalidId, FilmId.Rule));
}

/// <summary>Finds the binder for <see cref="FilmId"/>, which the domain cannot name itself.</summary>
internal sealed class FilmIdBinderProvider : IModelBinderProvider
{
    private static readonly FilmIdBinder Binder = new();

    public IModelBinder? GetBinder(ModelBinderProviderContext context) => context.Metadata.ModelType == typeof(FilmId) ? Binder : null;
}
