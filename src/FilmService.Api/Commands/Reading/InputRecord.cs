namespace FilmService.Api.Commands.Reading;

/// <summary>One film as its file has it.</summary>
/// <param name="Line">The line of the file where it begins, from 1.</param>
/// <param name="Fields">Its columns or members, in the file's order.</param>
/// <param name="Fault">Why it cannot be read; null if it can.</param>
internal readonly record struct InputRecord(long Line, IReadOnlyList<InputField> Fields, string? Fault = null)
{
    public static InputRecord Unreadable(long line, string fault) => new(line, [], fault);
}

/// <summary>A column or member, with its name as spelt in the file.</summary>
internal readonly record struct InputField(string Name, InputValue Value);
