namespace FilmService.Api.Commands;

/// <summary>Why a file cannot be opened, in words for users.</summary>
internal static class FileProblem
{
    public static string Of(Exception exception) => exception switch
    {
        FileNotFoundException => "there is no such file.",
        DirectoryNotFoundException => "there is no such folder.",
        UnauthorizedAccessException => "access is denied, or it is a folder.",
        PathTooLongException => "the path is too long.",
        _ => "an input/output error occurred.",
    };
}
