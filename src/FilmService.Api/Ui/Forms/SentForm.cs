using FilmService.Api.Access.Administration;
using FilmService.Api.Films;
using FilmService.Api.Http;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Ui.Administration;
using FilmService.Api.Ui.Editing;
using FilmService.Domain.Access;
using FilmService.Domain.Writing;

namespace FilmService.Api.Ui.Forms;

/// <summary>
/// A form of the administration as it was sent. Its fields have the names of the API's arguments, and a key makes sending it twice
/// harmless.
/// </summary>
public sealed class SentForm
{
    private const string KeyField = "key";

    // These are not shown again.
    private static readonly string[] NotShown = ["password", "current", "new", "again"];

    private readonly ArgumentSet _sent;
    private readonly IReadOnlyList<string> _names;

    private SentForm(ArgumentSet sent, IReadOnlyList<string> names) => (_sent, _names) = (sent, names);

    /// <summary>The text of a field; empty if it is not sent.</summary>
    public string this[string name] => _sent[name].Text ?? "";

    /// <summary>Its key with its fingerprint; null if it has none.</summary>
    public IdempotencyKey? Key { get; private init; }

    /// <summary>The id of what it makes: the same if it is sent again, so that what was made before is found, also after a restart.</summary>
    public string NewId => Key is null ? Secret.CreateId() : Secret.IdOf(Id);

    /// <summary>What tells it from other forms: who sends it, where, and its key.</summary>
    public required string Id { get; init; }

    /// <summary>The fields as the API's requests read them.</summary>
    /// <param name="names">The fields that the request has; all of the form by default.</param>
    public ArgumentSet ToArguments(params string[] names)
    {
        var arguments = new ArgumentSet(_names);
        foreach (var name in (names.Length > 0 ? names : _names).Where(name => _sent[name].Kind is not ArgumentKind.Missing))
        {
            arguments.Add(name, ToArgument(name, _sent[name]));
        }

        foreach (var (name, messages) in _sent.Faults)
        {
            arguments.AddFault(name, messages[0]);
        }

        return arguments;
    }

    /// <summary>The form to show again, with what is wrong.</summary>
    public FormModel Again(string action, IReadOnlyDictionary<string, string> faults) =>
        new(action, _names.Except(NotShown).ToDictionary(name => name, name => this[name]), faults, null);

    /// <summary>The page for what it made when it was sent before.</summary>
    /// <param name="name">What was made, as this field named it.</param>
    /// <exception cref="ProblemException">422: it is sent with another name now.</exception>
    public MadeModel Made(string name, string field, string place) => this[field] == name
        ? new MadeModel($"“{name}” was made already", place)
        : throw new ProblemException(SentForms.OtherValues);

    internal static async ValueTask<SentForm> BindAsync(HttpContext context)
    {
        var names = context.GetEndpoint()!.Metadata.GetRequiredMetadata<FormFieldsAttribute>().Names;
        var sent = await AdministrationBody.ReadAsync(context.Request, [.. names, KeyField]);
        var key = sent[KeyField].Kind is ArgumentKind.Text ? await IdempotencyKeyField.ReadAsync(context.Request, sent[KeyField].Text) : null;
        return new SentForm(sent, names) { Key = key, Id = $"{context.User.CallerName()}\n{context.Request.Path}\n{key?.Key}" };
    }

    // A choice of one scope is a list, a choice of two is a flag, and a day begins at midnight in UTC.
    private static ArgumentValue ToArgument(string name, ArgumentValue value) => (name, value.Kind) switch
    {
        ("scopes", ArgumentKind.Text) => new ArgumentValue(ArgumentKind.List, "") { Items = [value.Text] },
        ("enabled", ArgumentKind.Text) when value.Text is "true" or "false" => ArgumentValue.OfFlag(value.Text == "true"),
        ("expiresAt", ArgumentKind.Text) when value.Text.Length == "2027-01-01".Length => value with { Text = value.Text + "T00:00:00Z" },
        _ => value,
    };
}
