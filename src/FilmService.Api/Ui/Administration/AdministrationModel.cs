using FilmService.Api.Ui.Editing;
using FilmService.Api.Ui.Rendering;

namespace FilmService.Api.Ui.Administration;

/// <summary>A page of the administration.</summary>
/// <param name="Title">The page's title and heading.</param>
/// <param name="Place">The address of the list that it belongs to.</param>
public abstract record AdministrationModel(string Title, string Place) : PageModel(Title)
{
    /// <summary>False if it is about the person who looks at it, and not about the service.</summary>
    public virtual bool IsOfTheService => true;
}

/// <summary>A page with a form.</summary>
/// <param name="Form">The form, with what has been typed.</param>
/// <param name="Hint">What to know before; null for nothing.</param>
public sealed record FormPageModel(string Title, string Place, FormModel Form, string? Hint = null) : AdministrationModel(Title, Place)
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>A form of which nothing is filled in.</summary>
    public static FormModel Empty(string action) => new(action, None, None, null);
}

/// <summary>The page that asks before something is deleted.</summary>
/// <param name="What">What is deleted, in a sentence, and what that means.</param>
/// <param name="Button">The text of the button.</param>
/// <param name="Action">Where the form is sent.</param>
public sealed record ConfirmModel(string Title, string Place, string What, string Button, string Action) : AdministrationModel(Title, Place)
{
    /// <summary>Why it cannot be done; null if it can.</summary>
    public string? Fault { get; init; }
}

/// <summary>The page that shows a secret, once.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="Use">How to use it.</param>
public sealed record SecretModel(string Title, string Place, string Secret, string Use) : AdministrationModel(Title, Place)
{
    /// <summary>An id that belongs to it; null for none.</summary>
    public string? Id { get; init; }
}

/// <summary>The page for a form that was carried out already, before the service was restarted or a while ago.</summary>
public sealed record MadeModel(string Title, string Place) : AdministrationModel(Title, Place);

/// <summary>The page for something that does not exist any more.</summary>
public sealed record GoneModel(string Title, string Place) : AdministrationModel(Title, Place);
