using FilmService.Api.Http.Binding;
using FilmService.Domain.Films;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FilmService.Api.Films;

/// <summary>Which revision a film shall go back to.</summary>
[ModelBinder(typeof(Binder))]
public sealed class RestoreFilmRequest : IArguments
{
    private static readonly IReadOnlyList<string> ArgumentNames = ["revision"];

    /// <summary>The revision.</summary>
    public ArgumentValue Revision { get; private init; }

    /// <summary>The revision, once the request is valid.</summary>
    public Revision ToRevision() => Domain.Films.Revision.Parse(Revision.Text)!.Value;

    private sealed class Binder : IModelBinder
    {
        public async Task BindModelAsync(ModelBindingContext bindingContext)
        {
            var arguments = await ArgumentReader.ReadAsync(bindingContext.HttpContext.Request, ArgumentNames);
            foreach (var (name, messages) in arguments.Faults)
            {
                bindingContext.ModelState.AddModelError(name, messages[0]);
            }

            bindingContext.Result = ModelBindingResult.Success(new RestoreFilmRequest { Revision = arguments["revision"] });
        }
    }
}

/// <summary>A revision is text such as <c>k3f9-1042</c>.</summary>
public sealed class RestoreFilmRequestValidator : AbstractValidator<RestoreFilmRequest>
{
    /// <summary>Sets up the rule.</summary>
    public RestoreFilmRequestValidator() => RuleFor(request => request.Revision)
        .Must(revision => revision.Kind is ArgumentKind.Text && Revision.Parse(revision.Text) is not null)
        .WithMessage("Revision is required, such as \"k3f9-1042\".")
        .OverridePropertyName("revision");
}
