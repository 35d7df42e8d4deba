using FilmService.Api.Access.Account;
using FilmService.Api.Access.Administration;
using FilmService.Api.Access.Sessions;
using FilmService.Api.Films;
using FilmService.Api.Http.Actions;
using FilmService.Api.Import;
using FilmService.Api.Search;
using FilmService.Api.Ui;
using FilmService.Api.Ui.Editing;
using FilmService.Api.Ui.Forms;
using FilmService.Api.Ui.Lists;
using FilmService.Api.Ui.Undo;
using FilmService.Api.Webhooks;
using FilmService.Domain.Films;

namespace FilmService.Api;

/// <summary>The parameter types that actions can have, besides text from the route.</summary>
internal static class ActionParameters
{
    public static IServiceCollection AddActionParameters(this IServiceCollection services) => services
        .AddParameter<CancellationToken>(context => new(context.RequestAborted))
        .AddParameter<FilmId>(context => new(FilmParameters.IdOf(context)))
        .AddParameter<Preconditions>(context => new(ConditionalRequest.Preconditions(context.Request)))
        .AddParameter(FilmParameters.ReadWriteContextAsync)
        .AddParameter(FilmSearch.BindAsync)
        .AddParameter(ListQuery.BindAsync)
        .AddParameter(FilmPageId.BindAsync)
        .AddParameter(FilmForm.BindAsync)
        .AddParameter(LogInForm.BindAsync)
        .AddParameter(UndoRange.BindAsync)
        .AddParameter(SentForm.BindAsync)
        .AddParameter<PageTarget>(context => new(PageTarget.Of(context)))
        .AddParameter(context => context.RequestServices.GetRequiredService<ReceivedImport.Receiver>().BindAsync(context))
        .AddArguments<SaveFilmRequest, SaveFilmRequestValidator>(SaveFilmRequest.BindAsync)
        .AddArguments<AddFilmRequest, AddFilmRequestValidator>(AddFilmRequest.BindAsync)
        .AddArguments<PatchFilmRequest, PatchFilmRequestValidator>(PatchFilmRequest.BindAsync)
        .AddArguments<RestoreFilmRequest, RestoreFilmRequestValidator>(RestoreFilmRequest.BindAsync)
        .AddArguments<RestoreFilmsRequest, RestoreFilmsRequestValidator>(RestoreFilmsRequest.BindAsync)
        .AddArguments<CreateApiKeyRequest, CreateApiKeyRequestValidator>(CreateApiKeyRequest.BindAsync)
        .AddArguments<CreateClientRequest, CreateClientRequestValidator>(CreateClientRequest.BindAsync)
        .AddArguments<LogInRequest, LogInRequestValidator>(LogInRequest.BindAsync)
        .AddArguments<ChangePasswordRequest, ChangePasswordRequestValidator>(ChangePasswordRequest.BindAsync)
        .AddArguments<SaveUserRequest, SaveUserRequestValidator>(SaveUserRequest.BindAsync)
        .AddArguments<CreateWebhookRequest, CreateWebhookRequestValidator>(CreateWebhookRequest.BindAsync)
        .AddArguments<PatchWebhookRequest, PatchWebhookRequestValidator>(PatchWebhookRequest.BindAsync)
        .AddArguments<ReplayWebhookRequest, ReplayWebhookRequestValidator>(ReplayWebhookRequest.BindAsync);
}
