// Runs the session of a generated client. Usage: dotnet run -- nswag|kiota ADDRESS
var (client, address) = (args[0], args[1]);
await (client == "nswag" ? NSwagSession.RunAsync(address) : KiotaSession.RunAsync(address));
Console.WriteLine($"{client}: all as the document says");

internal static class Check
{
    public static void Equal<T>(T actual, T expected)
    {
        if (!EqualityComparer<T>.Default.Equals(actual, expected))
        {
            throw new InvalidOperationException($"Expected {expected}, but was {actual}");
        }
    }
}
