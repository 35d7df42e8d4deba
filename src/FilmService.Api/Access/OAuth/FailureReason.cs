namespace FilmService.Api.Access.OAuth;

/// <summary>Why something that an issuer was asked for failed, for one line of the log.</summary>
internal static class FailureReason
{
    private const int MaxLength = 1000;

    /// <param name="failure">What failed. Its messages may contain what the issuer has sent.</param>
    /// <param name="secrets">What an issuer may repeat in its errors, and the log must not have.</param>
    public static string Of(Exception failure, params string[] secrets)
    {
        var reason = secrets.Where(secret => secret.Length > 0).Aggregate(string.Join(" ", Messages(failure).Distinct()), (text, secret) => text.Replace(secret, "(not shown)", StringComparison.Ordinal));
        return string.Concat(reason.Take(MaxLength).Select(character => char.IsControl(character) ? ' ' : character));
    }

    private static IEnumerable<string> Messages(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: var causes } => causes.SelectMany(Messages),
        { InnerException: { } cause } => Messages(cause).Prepend(failure.Message),
        _ => [failure.Message],
    };
}
