using FilmService.Api.Http;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FilmService.Api.Films;

/// <summary>Makes the domain's own types from a request, for the actions that take them as parameters.</summary>
internal sealed class FilmBinders : IModelBinderProvider
{
    private static readonly Dictionary<Type, IModelBinder> Binders = new()
    {
        [typeof(FilmId)] = new Binder(context => new(IdOf(context))),
        [typeof(Preconditions)] = new Binder(context => new(ConditionalRequest.Preconditions(context.Request))),
        [typeof(WriteContext)] = new Binder(async context => await OriginOfAsync(context)),
    };

    public IModelBinder? GetBinder(ModelBinderProviderContext context) => Binders.GetValueOrDefault(context.Metadata.ModelType);

    /// <summary>The film id of <c>/films/{id}</c> as the client wrote it.</summary>
    /// <exception cref="ProblemException">400: it is no film id.</exception>
    public static FilmId IdOf(HttpContext context) =>
        FilmId.TryParse(UrlEncoded.TryDecode(RequestPath.SecondSegment(context)), out var id)
            ? id
            : throw new ProblemException(new Problem(FilmProblems.InvalidId, FilmId.Rule));

    /// <summary>Who writes, and how.</summary>
    /// <exception cref="ProblemException">400: the idempotency key or a parameter is none.</exception>
    public static async ValueTask<WriteContext> OriginOfAsync(HttpContext context) =>
        new(context.User.CallerName(), await IdempotencyKeyField.ReadAsync(context.Request), context.Flag(FilmWriteAttribute.DryRun));

    private sealed class Binder(Func<HttpContext, ValueTask<object>> read) : IModelBinder
    {
        public Task BindModelAsync(ModelBindingContext bindingContext)
        {
            var model = read(bindingContext.HttpContext);
            return model.IsCompletedSuccessfully ? Bind(bindingContext, model.Result) : AwaitAsync(bindingContext, model);
        }

        private static async Task AwaitAsync(ModelBindingContext bindingContext, ValueTask<object> model) => await Bind(bindingContext, await model);

        private static Task Bind(ModelBindingContext bindingContext, object model)
        {
            bindingContext.Result = ModelBindingResult.Success(model);
            return Task.CompletedTask;
        }
    }
}
