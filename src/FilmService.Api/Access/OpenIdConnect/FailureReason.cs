namespace FilmService.Api.Access.OpenIdConnect;

/// <summary>Why a login failed, for one line of the log.</summary>
internal static class FailureReason
{
    private const int MaxLength = 1000;

    /// <param name="failure">What failed. Its messages may contain what the issuer has sent.</param>
    /// <param name="secrets">What an issuer may repeat in its errors, and the log must not have.</param>
    public static string Of(Exception failure, params string[] secrets)
    {
        var messages = new List<string>();
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            messages.Add(cause.Message);
        }

        var reason = secrets.Where(secret => secret.Length > 0).Aggregate(string.Join(" ", messages.Distinct()), (text, secret) => text.Replace(secret, "(not shown)", StringComparison.Ordinal));
        return string.Concat(reason.Take(MaxLength).Select(character => char.IsControl(character) ? ' ' : character));
    }
}
