namespace FilmService.Api.Import.Mapping;

/// <summary>One film as its file has it.</summary>
/// <param name="Line">The line of the file where it begins, from 1.</param>
/// <param name="Fields">Its columns or members, in the file's order.</param>
/// <param name="Fault">Why it cannot be read; null if it can.</param>
/// <param name="Lines">How many lines a fault makes unreadable.</param>
internal readonly record struct InputRecord(long Line, IReadOnlyList<InputField> Fields, string? Fault = null, long Lines = 1)
{
    public static InputRecord Unreadable(long line, string fault, long lines = 1) => new(line, [], fault, lines);
}

/// <summary>A column or member, with its name as spelt in the file.</summary>
internal readonly record struct InputField(string Name, InputValue Value);
