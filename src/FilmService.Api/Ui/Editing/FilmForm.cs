using FilmService.Api.Films;
using FilmService.Api.Http;
using FilmService.Api.Http.Binding;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Api.Ui.Editing;

/// <summary>
/// A form as it was sent: a film's fields, and what a program would send in header fields: the revision that the form shows, and a key
/// that makes sending it twice harmless.
/// </summary>
public sealed class FilmForm
{
    private const string Key = "key";

    private static readonly string[] Names = [.. FilmRequest.ArgumentNames, "revision", "current", "sure", Key];
    private readonly ArgumentSet _sent;

    private FilmForm(ArgumentSet sent, WriteContext origin)
    {
        (_sent, Origin) = (sent, origin);
        Film = new AddFilmRequest(sent);
        Faults = new AddFilmRequestValidator().Validate(Film).Errors
            .Select(error => KeyValuePair.Create(error.PropertyName, error.ErrorMessage))
            .Concat(sent.Faults.Select(fault => KeyValuePair.Create(fault.Key, fault.Value[0])))
            .DistinctBy(fault => fault.Key).ToDictionary();
    }

    /// <summary>Who sends it, and under which key.</summary>
    public WriteContext Origin { get; }

    /// <summary>The film; valid if there are no faults.</summary>
    public AddFilmRequest Film { get; }

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string> Faults { get; }

    /// <summary>The revision in the field; null if it is empty, because the film did not exist.</summary>
    public Revision? Revision => RevisionOf("revision");

    /// <summary>True if the person has been warned, and goes on.</summary>
    public bool IsSure => _sent["sure"].Text == "true";

    /// <summary>The film must still be as the form shows it: at the revision, or missing.</summary>
    public Preconditions Unchanged => PreconditionsOf(Revision);

    /// <summary>The same for a form that has another revision, to which the film is restored.</summary>
    public Preconditions CurrentUnchanged => PreconditionsOf(RevisionOf("current"));

    /// <summary>The text of each field.</summary>
    public IReadOnlyDictionary<string, string> Values => FilmRequest.ArgumentNames.ToDictionary(name => name, name => _sent[name].Text ?? "");

    internal static async ValueTask<FilmForm> BindAsync(HttpContext context)
    {
        var sent = await ArgumentReader.ReadAsync(context.Request, Names);
        var key = sent[Key].Kind is ArgumentKind.Text ? await IdempotencyKeyField.ReadAsync(context.Request, sent[Key].Text) : null;
        return new FilmForm(sent, new WriteContext(context.User.CallerName(), key));
    }

    private static Preconditions PreconditionsOf(Revision? revision) => revision is { } known
        ? new Preconditions(IfMatch: new RevisionMatch(false, [known]))
        : new Preconditions(IfNoneMatch: RevisionMatch.Anything);

    private Revision? RevisionOf(string name) => _sent[name].Kind is ArgumentKind.Text ? Domain.Films.Revision.Parse(_sent[name].Text) : null;
}
