using System.ComponentModel.DataAnnotations;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.Administration;

/// <summary>Marks a list of scopes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ScopeNamesAttribute : Attribute;

/// <summary>A user to be stored.</summary>
/// <remarks>Only for the API document: requests are read as <see cref="SaveUserRequest"/>.</remarks>
public sealed class UserArguments
{
    /// <summary>The new password, without control characters.</summary>
    [MinLength(User.PasswordMinLength), MaxLength(User.PasswordMaxLength)]
    public required string Password { get; init; }

    /// <summary>What the user may do.</summary>
    [MinLength(1), ScopeNames]
    public required IReadOnlyList<string> Scopes { get; init; }
}

/// <summary>An API key to be made.</summary>
/// <remarks>Only for the API document: requests are read as <see cref="CreateApiKeyRequest"/>.</remarks>
public sealed class ApiKeyArguments
{
    /// <summary>What its owner calls it, without control characters.</summary>
    [MinLength(1), MaxLength(User.NameMaxLength)]
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    [MinLength(1), ScopeNames]
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>From when on it is worth nothing, a time to come; null or nothing for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>An OAuth client to be made.</summary>
/// <remarks>Only for the API document: requests are read as <see cref="CreateClientRequest"/>.</remarks>
public sealed class ClientArguments
{
    /// <summary>What its owner calls it, without control characters.</summary>
    [MinLength(1), MaxLength(User.NameMaxLength)]
    public required string Name { get; init; }

    /// <summary>The most that its tokens may do.</summary>
    [MinLength(1), ScopeNames]
    public required IReadOnlyList<string> Scopes { get; init; }
}
