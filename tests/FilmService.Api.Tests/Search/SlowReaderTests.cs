using System.IO.Pipelines;
using FilmService.Api.Http.Results;
using FilmService.Api.RateLimiting;
using FilmService.Api.Search;
using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FilmService.Api.Tests.Search;

/// <summary>Lists whose client does not read them.</summary>
public sealed class SlowReaderTests : IDisposable
{
    private const int Many = 20_000;

    private static readonly SearchSettings Settings = new(new SlotLimits(1, 1), TimeSpan.MaxValue, new SlotLimits(1, 1), TimeSpan.MaxValue, long.MaxValue);
    private static readonly TimeSpan LongestRelease = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("filmservice-").FullName;
    private readonly SteppedClock _clock = new();
    private readonly Pipe _connection = new();
    private readonly MomentOfFilms _films = new(Many);

    [Test]
    public Task Read_NothingForAMinute_ReleasesTheSnapshotAndStillAnswersInFull() => ReadAfterAsync(() =>
    {
        _clock.Advance(SlowClients.MaxSnapshotAge);
        return Task.CompletedTask;
    });

    [Test]
    public Task Read_NothingWhenTheDatabaseAsks_ReleasesTheSnapshotAndStillAnswersInFull() => ReadAfterAsync(_films.Asked.CancelAsync);

    private async Task ReadAfterAsync(Func<Task> release)
    {
        var answering = AnswerAsync();
        Assert.That((_films.IsOpen, answering.IsCompleted), Is.EqualTo((true, false)), "It waits for its reader.");

        await release();
        await _films.Closed.WaitAsync(LongestRelease);

        Assert.That(answering.IsCompleted, Is.False);
        var read = ReadAsync();
        await answering;
        await _connection.Writer.CompleteAsync();
        Assert.That(await read, Is.EqualTo(_films.AsLines()));
        Assert.That(Directory.EnumerateFiles(_folder), Is.Empty);
    }

    [Test]
    public async Task Read_AtOnce_NeedsNoFile()
    {
        var read = ReadAsync();
        Directory.Delete(_folder);
        await AnswerAsync();
        await _connection.Writer.CompleteAsync();

        Assert.That(await read, Is.EqualTo(_films.AsLines()));
        Assert.That(_films.IsOpen, Is.False);
        Directory.CreateDirectory(_folder);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task AnswerAsync()
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(_connection.Writer.AsStream()));
        var lines = FilmListFormat.All.First(format => format.Name == "ndjson");
        var spool = new ExportSpool(TemporaryFiles.In(_folder), Settings);
        return new FilmListResponse(_films, lines, new FilmListView(FilmFieldSet.All), spool, new SlowClients(_clock)).SendAsync(context, inPieces: true);
    }

    private async Task<string> ReadAsync()
    {
        using var reader = new StreamReader(_connection.Reader.AsStream());
        return await reader.ReadToEndAsync();
    }

    /// <summary>Films of a snapshot that must be released.</summary>
    private sealed class MomentOfFilms(int count) : IFilmList
    {
        private readonly TaskCompletionSource _closed = new();

        public bool IsOpen => !_closed.Task.IsCompleted;

        public Task Closed => _closed.Task;

        public Revision Revision => new("k3f9", count);

        public long? Count => null;

        public IReadOnlyList<ReleaseCount>? Releases => null;

        public FilmPosition? NextPosition => null;

        public IFilmReader Films { get; } = new FilmSequence(Enumerable.Range(1, count)
            .Select(number => new Film(FilmId.Generated(number), new FilmDetails($"Film {number}", 2009, null), new Revision("k3f9", number))));

        public CancellationToken ReleaseRequested => Asked.Token;

        public CancellationTokenSource Asked { get; } = new();

        public string AsLines() =>
            string.Concat(Enumerable.Range(1, count).Select(number => $$"""{"Id":"{{number}}","Name":"Film {{number}}","Year":2009,"Month":null}""" + "\n"));

        public ValueTask ReadAsync(Func<ValueTask> work) => work();

        public void Release() => _closed.TrySetResult();
    }

    /// <summary>A clock whose timers fire when it is advanced past them.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private readonly List<(DateTimeOffset Due, TimerCallback Callback, object? State)> _timers = [];
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timers.Add((_now + dueTime, callback, state));
            return new Unstoppable();
        }

        public void Advance(TimeSpan by)
        {
            _now += by;
            _timers.FindAll(timer => timer.Due <= _now).ForEach(timer => timer.Callback(timer.State));
        }

        private sealed class Unstoppable : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
