using System.Diagnostics;
using System.Runtime.ExceptionServices;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Writing;

/// <summary>Applies imports: batch after batch of lines, in one transaction, in bounded memory.</summary>
internal sealed class ImportExecutor(ICatalogDatabase database, TimeProvider clock)
{
    // Enough that round trips do not matter, and few enough to be held in memory.
    private const int BatchLines = 1_000;

    /// <summary>Applies an import. If it throws or the import is rejected, nothing was changed.</summary>
    /// <param name="import">The import.</param>
    /// <param name="request">Its request, for the trace.</param>
    public async ValueTask<ImportOutcome> RunAsync(FilmImport import, ActivityContext request)
    {
        using var commit = MeasuredCommit.BeginImport(request);
        await using var transaction = await database.BeginImportAsync(import);
        var outcome = await DecideAsync(import, transaction, CancellationToken.None);
        if (outcome.Kind is ImportOutcomeKind.Done or ImportOutcomeKind.KeyReused)
        {
            await transaction.CommitAsync();
            commit.Committed(outcome.Counts.Created + outcome.Counts.Updated + outcome.Counts.Deleted);
        }
        else
        {
            commit.RolledBack();
        }

        return outcome;
    }

    /// <summary>What an import would do now.</summary>
    public async Task<ImportOutcome> PreviewAsync(FilmImport import, CancellationToken cancellationToken)
    {
        await using var preview = await database.BeginPreviewAsync(cancellationToken);

        // It can take minutes: on the thread pool, a few of them would keep every other request waiting.
        return await Task.Factory.StartNew(
            () => DecideAsync(import, preview, cancellationToken).AsTask().GetAwaiter().GetResult(),
            cancellationToken, TaskCreationOptions.LongRunning | TaskCreationOptions.RunContinuationsAsynchronously, TaskScheduler.Default);
    }

    private async ValueTask<ImportOutcome> DecideAsync(FilmImport import, ICatalogPreview catalog, CancellationToken cancellationToken)
    {
        var (now, owner) = (clock.GetUtcNow(), import.Origin.Owner);
        var before = await catalog.LoadAsync(new BatchNeeds([], owner is null ? [] : [owner.Value]));
        if (owner is not null && before.FindRecord(owner.Value) is { } record)
        {
            return record.Replay(import, import.Origin.IdempotencyKey!);
        }

        if (import.Restore?.RefusalBy(before.Head) is { } refusal)
        {
            return new ImportOutcome(refusal, default, import.Unreadable, before.Head.Revision);
        }

        await StageLateAsync(import.Restore, catalog);
        var (counter, head) = (new ImportCounter(import), before.Head);
        foreach (var lines in import.Lines.Chunk(BatchLines))
        {
            cancellationToken.ThrowIfCancellationRequested();
            head = await AppendAsync(lines, import, counter, catalog, now);
        }

        counter.PossibleDuplicates = import.Rules.MatchNames || counter.IsRefused ? 0 : await catalog.CountDuplicatesAsync();
        var isDone = !counter.IsRefused && !import.Origin.DryRun;
        var outcome = counter.ToOutcome(isDone ? head.Revision : before.Head.Revision) with { Before = before.Head.Revision };
        if (isDone)
        {
            await catalog.AppendAsync(new CatalogAppend(head, [], ToRecords(import, outcome, before.KeyTime)) { Audit = import.ToAudit(outcome) });
        }

        return outcome;
    }

    private static IReadOnlyList<IdempotencyRecord> ToRecords(FilmImport import, ImportOutcome outcome, DateTimeOffset keyTime) => import.Origin.Owner is not { } owner ? []
        : [new IdempotencyRecord(owner, import.Origin.IdempotencyKey!.Fingerprint, keyTime, outcome.Revision, null, outcome.Counts) { Before = outcome.Before }];

    // A dry run is of the moment when its lines were staged.
    private static async ValueTask StageLateAsync(CatalogRestore? restore, ICatalogPreview catalog)
    {
        if (restore is { Through: null } && catalog is ICatalogTransaction transaction)
        {
            foreach (var line in await transaction.ReadLateAsync(restore))
            {
                restore.Stage(line);
            }
        }
    }

    private static async ValueTask<CatalogHead> AppendAsync(
        ImportLine[] lines, FilmImport import, ImportCounter counter, ICatalogPreview catalog, DateTimeOffset now)
    {
        var applied = import.Report is null ? lines : Array.FindAll(lines, line => line.IsApplied);
        var result = await catalog.DecideAsync(Array.ConvertAll(applied, import.ToWrite), now);
        var next = 0;
        foreach (var line in lines)
        {
            Count(line, line.IsApplied ? result.Results[next++] : null, import, counter);
        }

        await catalog.AppendAsync(result.Append);
        return result.Append.Head;
    }

    private static void Count(ImportLine line, WriteResult? result, FilmImport import, ImportCounter counter)
    {
        if (result?.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        var errors = result?.Outcome is { } outcome ? counter.Add(line, outcome) : line.Errors;
        import.Report?.Invoke(new ImportLineResult(line, result?.Outcome, errors));
    }
}
