using System.Security.Cryptography;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
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

    private ReceivedImport(ImportOptions rules, StagedLines staged) => (_rules, _staged) = (rules, staged);

    public FilmImport ToImport(WriteContext origin) => new(_staged.ReadAll(), _faults, _rules, origin);

    private async Task ReceiveAsync(ImportRecords records, ImportLineReader reader, CancellationToken cancellationToken)
    {
        var members = new ArgumentSet(ImportLineReader.Members);
        while (await records.ReadAsync(cancellationToken))
        {
            members.Clear();
            var line = records.AddTo(members) is { } fault ? Spoil(members, fault) : reader.Read(records.Number, members);
            if (line is null || members.Faults.Count > 0)
            {
                _faults.Add(records.Number, members.Faults);
                members.CountsOnly = _faults.Count >= ImportFaults.MaxKept;
            }
            else if (_faults.Count == 0 || _rules.SkipFaults)
            {
                _staged.Add(line);
            }
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
            await using var body = ImportBody.Open(context.Request, settings, clock, hash);
            var import = new ReceivedImport(rules, new StagedLines(files));
            try
            {
                await ReceiveAsync(import, context, type, body);
            }
            catch
            {
                import._staged.Dispose();
                throw;
            }

            context.Response.RegisterForDispose(import._staged);
            context.Features.Set(new StreamedBody(hash?.GetHashAndReset()));
            return import;
        }

        private async Task ReceiveAsync(ReceivedImport import, HttpContext context, string type, Stream body)
        {
            var reader = new ImportLineReader(import._rules.OnConflict);
            using var records = await ImportRecords.OpenAsync(type, body, reader.Required, settings.MaxLines, context.RequestAborted);
            await import.ReceiveAsync(records, reader, context.RequestAborted);
        }
    }
}
