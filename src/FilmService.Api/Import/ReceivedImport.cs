using System.Security.Cryptography;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Domain.Audit;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using FilmService.Infrastructure;
using FilmService.Infrastructure.Import;

namespace FilmService.Api.Import;

/// <summary>An import after it has been received: every line is validated, and the valid ones are staged.</summary>
public sealed class ReceivedImport
{
    private readonly ImportOptions _rules;
    private readonly StagedLines _staged;
    private readonly ImportFaults _faults = new();

    private ReceivedImport(ImportOptions rules, StagedLines staged, ImportReport? report) => (_rules, _staged, Lines) = (rules, staged, report);

    /// <summary>Receives the result of each line; null if nobody asked.</summary>
    internal ImportReport? Lines { get; }

    /// <summary>What was left out of a CSV file; null for other formats.</summary>
    internal TableReport? Table { get; private set; }

    public FilmImport ToImport(WriteContext origin, AuditEvent audit) => new(_staged.ReadAll(), _faults, _rules, origin)
    {
        LineCount = _staged.Count,
        Report = Lines is null ? null : Lines.Add,
        Audit = audit,
    };

    private async Task ReceiveAsync(ImportRecords records, ImportLineReader reader, CancellationToken cancellationToken)
    {
        var members = new ArgumentSet(ImportLineReader.Members);
        while (await records.ReadAsync(cancellationToken))
        {
            members.Clear();
            var fault = records.AddTo(members);
            if (records.LeftOutAs is { } kind)
            {
                StageForReport(new ImportLine(records.Number, null, null) { LeftOutAs = kind });
                continue;
            }

            var line = fault is null ? reader.Read(records.Number, members) : Spoil(members, fault);
            if (line is null || members.Faults.Count > 0)
            {
                _faults.Add(records.Number, members.Faults, records.FaultyLines);
                StageForReport(new ImportLine(records.Number, null, null) { Errors = members.Faults });
                members.CountsOnly = Lines is null && _faults.Count >= ImportFaults.MaxKept;
            }
            else if (_faults.Count == 0 || _rules.SkipFaults)
            {
                _staged.Add(line);
            }
        }

        Table = records.Report;
    }

    private void StageForReport(ImportLine line)
    {
        if (Lines is not null && (_faults.Count == 0 || _rules.SkipFaults))
        {
            _staged.Add(line);
        }
    }

    private static ImportLine? Spoil(ArgumentSet members, string fault)
    {
        members.Clear();
        members.AddFault("line", fault);
        return null;
    }

    internal sealed class Receiver(TemporaryFiles files, ImportSettings settings, ImportSlots places, TimeProvider clock)
    {
        /// <summary>Receives the import; null if the body is a single film, where one is accepted.</summary>
        public async ValueTask<ReceivedImport?> BindAsync(HttpContext context)
        {
            var body = context.GetEndpoint()!.Metadata.GetRequiredMetadata<BodyAttribute>();
            var import = body.Arguments is null || await ImportBody.IsImportAsync(context.Request) ? await ReceiveAsync(context, body) : null;
            if (import is null)
            {
                ImportParameters.Refuse(context);
            }

            return import;
        }

        private async Task<ReceivedImport> ReceiveAsync(HttpContext context, BodyAttribute accepted)
        {
            var type = accepted.MediaTypeOf(context.Request, takesGzip: true);
            var rules = ImportParameters.Read(context);
            context.Response.RegisterForDispose(places.Take(CountedCaller.Of(context)));
            using var hash = IdempotencyKeyField.KeyOf(context.Request) is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var body = ImportBody.Open(context.Request, settings, clock, type == ArgumentReader.MultipartType ? null : hash);
            var file = type == ArgumentReader.MultipartType ? await MultipartFile.OpenAsync(context.Request, accepted, body) : null;
            var import = new ReceivedImport(rules, new StagedLines(files), ImportParameters.IsReported(context) ? new ImportReport(files) : null);
            try
            {
                await ReceiveAsync(import, context, file?.MediaType ?? type, file is null ? body : await ImportBody.OpenFileAsync(file, settings, hash, context.RequestAborted));
                await (file?.CheckEndAsync(context.RequestAborted) ?? Task.CompletedTask);
            }
            catch
            {
                import._staged.Dispose();
                throw;
            }

            if (import.Lines is not null)
            {
                context.Response.RegisterForDispose(import.Lines);
            }

            context.Response.RegisterForDispose(import._staged);
            context.Features.Set(new StreamedBody(hash?.GetHashAndReset(), file?.MediaType));
            return import;
        }

        private async Task ReceiveAsync(ReceivedImport import, HttpContext context, string type, Stream body)
        {
            var table = TableParameters.Read(context, type);
            context.Features.Set(table.Sample);
            var reader = new ImportLineReader(import._rules.OnConflict);
            using var records = await ImportRecords.OpenAsync(type, body, table, reader.Required, settings.MaxLines, context.RequestAborted);
            await import.ReceiveAsync(records, reader, context.RequestAborted);
        }
    }
}
