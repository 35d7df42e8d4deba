using System.Runtime.CompilerServices;
using System.Text.Json;

namespace FilmService.Api.Commands.Reading;

/// <summary>Reads the elements of one JSON array as they come; only one is in memory at a time.</summary>
internal sealed class JsonArrayRecords
{
    private readonly Stream _input;
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isComplete;
    private bool _isInside;
    private long _line = 1;
    private JsonReaderState _state;

    private JsonArrayRecords(Stream input) => _input = input;

    /// <exception cref="CommandException">It is no JSON array, or ends in the middle.</exception>
    public static async IAsyncEnumerable<InputRecord> ReadAsync(Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var records = new JsonArrayRecords(input);
        do
        {
            await records.FillAsync(cancellationToken);
            while (records.TakeNext() is { } record)
            {
                yield return record;
            }
        }
        while (!records._isComplete);
    }

    // Null when what is in the buffer holds no whole element any more.
    private InputRecord? TakeNext()
    {
        try
        {
            var reader = NewReader();
            while (reader.Read())
            {
                if (reader.CurrentDepth > 0)
                {
                    return TakeElement(reader);
                }

                EnterOrLeave(reader);
                reader = NewReader();
            }

            return null;
        }
        catch (JsonException)
        {
            throw Broken("it is not JSON there, or ends too early");
        }
    }

    private Utf8JsonReader NewReader() => new(_buffer.AsSpan(_start.._end), _isComplete, _state);

    private void EnterOrLeave(Utf8JsonReader reader)
    {
        if (!_isInside && reader.TokenType is not JsonTokenType.StartArray)
        {
            throw new CommandException("A JSON file of films is an array of objects, [{...},{...}]. For one object a line say --format ndjson.");
        }

        _isInside = true;
        Advance(reader);
    }

    private InputRecord? TakeElement(Utf8JsonReader reader)
    {
        var first = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            return null;
        }

        var element = _buffer.AsMemory(_start + first, (int)reader.BytesConsumed - first);
        var line = _line + LinesIn(first);
        Advance(reader);
        return JsonRecord.Parse(line, element);
    }

    private void Advance(Utf8JsonReader reader)
    {
        var consumed = (int)reader.BytesConsumed;
        _line += LinesIn(consumed);
        (_start, _state) = (_start + consumed, reader.CurrentState);
    }

    private int LinesIn(int length) => _buffer.AsSpan(_start, length).Count((byte)'\n');

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (_end - _start > JsonRecord.MaxBytes)
        {
            throw Broken($"an element is longer than {JsonRecord.MaxBytes:N0} bytes");
        }

        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await _input.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        (_end, _isComplete) = (_end + read, read == 0);
    }

    private CommandException Broken(string why) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The JSON array cannot be read from line {_line} on: {why}."));
}
