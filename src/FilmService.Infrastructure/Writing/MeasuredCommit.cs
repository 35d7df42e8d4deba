using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FilmService.Infrastructure.Writing;

/// <summary>One transaction, from its begin until it is committed or fails, as it is measured and traced.</summary>
internal sealed class MeasuredCommit : IDisposable
{
    private const string Kind = "filmservice.commit.kind";

    private static readonly Counter<long> Commits = Telemetry.Meter.CreateCounter<long>("filmservice.commits", "{commit}", "Committed transactions.");
    private static readonly Counter<long> Failures = Telemetry.Meter.CreateCounter<long>("filmservice.commit.failures", "{commit}", "Transactions that failed, for example because the disk is full.");

    private static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram(
        "filmservice.commit.duration", "s", "Duration of committed transactions.", tags: null,
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    private static readonly Histogram<long> Writes = Telemetry.Meter.CreateHistogram(
        "filmservice.commit.writes", "{write}", "Writes that were committed together, imports excluded.", tags: null, advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    private readonly KeyValuePair<string, object?> _kind;
    private readonly long _begin = Stopwatch.GetTimestamp();
    private readonly Activity? _span;
    private readonly bool _isBatch;
    private bool _isCommitted;

    private MeasuredCommit(bool isBatch, Activity? span)
    {
        (_isBatch, _span, _kind) = (isBatch, span, new(Kind, isBatch ? "batch" : "import"));
        _span?.SetTag(Kind, _kind.Value);
    }

    /// <summary>The request whose work is being queued; empty if nobody traces.</summary>
    public static ActivityContext CurrentRequest => Telemetry.Spans.HasListeners() && Activity.Current is { } request ? request.Context : default;

    /// <summary>Begins the transaction of a batch, whose span is linked to those of its requests.</summary>
    public static MeasuredCommit BeginBatch(List<QueuedWrite> batch) => new(isBatch: true, !Telemetry.Spans.HasListeners() ? null : Telemetry.Spans.StartActivity(
        ActivityKind.Internal, links: batch.Where(queued => queued.Request != default).Select(queued => new ActivityLink(queued.Request)), name: "commit"));

    /// <summary>Begins the transaction of an import, whose span is a part of its request's.</summary>
    public static MeasuredCommit BeginImport(ActivityContext request) => new(isBatch: false, Telemetry.Spans.StartActivity("commit", ActivityKind.Internal, request));

    /// <summary>The writes are durable.</summary>
    public void Committed(long writes)
    {
        _isCommitted = true;
        Commits.Add(1, _kind);
        Duration.Record(Stopwatch.GetElapsedTime(_begin).TotalSeconds, _kind);
        if (_isBatch)
        {
            Writes.Record(writes);
        }

        _span?.SetTag("filmservice.commit.writes", writes);
    }

    /// <summary>The transaction was rolled back on purpose.</summary>
    public void RolledBack() => _isCommitted = true;

    public void Dispose()
    {
        // Also 0, so that the first failure is a change of the metric.
        Failures.Add(_isCommitted ? 0 : 1, _kind);
        _span?.SetStatus(_isCommitted ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        _span?.Dispose();
    }
}
