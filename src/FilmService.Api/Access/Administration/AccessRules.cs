using System.Globalization;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Http.Binding;
using FilmService.Domain.Access;
using FluentValidation;

namespace FilmService.Api.Access.Administration;

/// <summary>Validation rules shared by the administration requests.</summary>
internal static class AccessRules
{
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>A display name: not empty, at most <see cref="User.NameMaxLength"/> code points, no control characters.</summary>
    public static void MustBeName<T>(this IRuleBuilder<T, ArgumentValue> rule) => rule
        .Must(name => name.Kind is ArgumentKind.Text && !string.IsNullOrWhiteSpace(name.Text) && name.Text.EnumerateRunes().Count() <= User.NameMaxLength && !name.Text.Any(char.IsControl))
        .WithMessage($"name must be text of 1 to {User.NameMaxLength} characters, without control characters.")
        .OverridePropertyName("name");

    /// <summary>A new password: long enough, and not the published one.</summary>
    public static void MustBePassword<T>(this IRuleBuilder<T, ArgumentValue> rule, string name) => rule
        .Must(password => password.Kind is ArgumentKind.Text && User.IsPassword(password.Text))
        .WithMessage($"{name} must be text of {User.PasswordMinLength} to {User.PasswordMaxLength} characters, without control characters.")
        .Must(password => password.Text != ConfiguredUser.PublishedPassword)
        .WithMessage("This password is published in the documentation. Choose another.").OverridePropertyName(name);

    /// <summary>A list of scopes: at least one, without duplicates.</summary>
    public static void MustBeScopes<T>(this IRuleBuilder<T, ArgumentValue> rule) => rule
        .Must(scopes => scopes.Items is { Count: > 0 } items && items.All(Scopes.All.Contains) && items.Distinct().Count() == items.Count)
        .WithMessage($"scopes must list at least one of {string.Join(", ", Scopes.All)}, each at most once.")
        .OverridePropertyName("scopes");

    /// <summary>Parses an RFC 3339 time with an offset; null if the text is not one.</summary>
    public static DateTimeOffset? ToTime(this ArgumentValue value) =>
        value.Kind is ArgumentKind.Text && HasOffset(value.Text)
        && DateTimeOffset.TryParseExact(value.Text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToUniversalTime()
            : null;

    private static bool HasOffset(string text) => text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');
}
