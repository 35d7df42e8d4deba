using System.ComponentModel.DataAnnotations;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.Administration;

/// <summary>Marks a list of scopes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ScopeNamesAttribute : Attribute;

/// <summary>The user to store.</summary>
/// <remarks>Only for the API document: requests are read as <see cref="SaveUserRequest"/>.</remarks>
public sealed class UserArguments
{
    /// <summary>The new password, without control characters.</summary>
    [MinLength(User.PasswordMinLength), MaxLength(User.PasswordMaxLength)]
    public required string Password { get; init; }

    /// <summary>The user's scopes.</summary>
    [MinLength(1), ScopeNames]
    public required IReadOnlyList<string> Scopes { get; init; }
}

/// <summary>The API key to create.</summary>
/// <remarks>Only for the API document: requests are read as <see cref="CreateApiKeyRequest"/>.</remarks>
public sealed class ApiKeyArguments
{
    /// <summary>A name of your choice, without control characters.</summary>
    [MinLength(1), MaxLength(User.NameMaxLength)]
    public required string Name { get; init; }

    /// <summary>Its scopes.</summary>
    [MinLength(1), ScopeNames]
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it expires, a time in the future; null or missing if it never does.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>The OAuth client to create.</summary>
/// <remarks>Only for the API document: requests are read as <see cref="CreateClientRequest"/>.</remarks>
public sealed class ClientArguments
{
    /// <summary>A name of your choice, without control characters.</summary>
    [MinLength(1), MaxLength(User.NameMaxLength)]
    public required string Name { get; init; }

    /// <summary>The scopes that its tokens can have.</summary>
    [MinLength(1), ScopeNames]
    public required IReadOnlyList<string> Scopes { get; init; }
}
