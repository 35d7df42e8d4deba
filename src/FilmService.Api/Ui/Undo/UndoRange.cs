using FilmService.Api.Films;
using FilmService.Api.Http;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Import;
using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;

namespace FilmService.Api.Ui.Undo;

/// <summary>A range of changes to undo, in the address of the page or in its form.</summary>
/// <param name="By">Whose changes are undone; null for everybody's.</param>
/// <param name="Origin">Who asks, and under which key.</param>
public sealed record UndoRange(Revision After, Revision Through, string? By, WriteContext Origin)
{
    private const string Key = "key";

    private static readonly string[] Names = ["after", "through", "by", Key];

    /// <summary>The restore that undoes them.</summary>
    public CatalogRestore ToRestore(Action<ImportLine> stage) => new(After, Through, By, stage);

    internal static async ValueTask<UndoRange> BindAsync(HttpContext context)
    {
        var sent = HttpMethods.IsPost(context.Request.Method) ? await ArgumentReader.ReadAsync(context.Request, Names) : null;
        if (sent is { Faults.Count: > 0 })
        {
            throw new ProblemException(Problem.OfErrors(ProblemTypes.InvalidParameters, sent.Faults));
        }

        ArgumentValue Of(string name) => sent is null ? context.Query(name) : sent[name];
        var key = sent?[Key] is { Kind: ArgumentKind.Text, Text: var text } ? await IdempotencyKeyField.ReadAsync(context.Request, text) : null;
        var (after, through) = (RevisionOf("after", Of("after")), RevisionOf("through", Of("through")));
        return after.Epoch != through.Epoch || after.Number <= through.Number
            ? new UndoRange(after, through, Of("by") is { Kind: ArgumentKind.Text, Text: { Length: > 0 } by } ? by : null, new WriteContext(context.User.CallerName(), key, DryRun: sent is null))
            : throw new ProblemException(Problem.OfParameter("through", "'through' must not be before 'after'."));
    }

    private static Revision RevisionOf(string name, ArgumentValue value) => RestoreFilmsRequest.RevisionOf(value)
        ?? throw new ProblemException(Problem.OfParameter(name, $"'{name}' must be a revision, such as k3f9-1042."));
}
