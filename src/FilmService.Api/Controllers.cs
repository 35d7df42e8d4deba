using System.Reflection;
using FilmService.Api.Access.Account;
using FilmService.Api.Access.Administration;
using FilmService.Api.Access.OAuth;
using FilmService.Api.Access.OpenIdConnect;
using FilmService.Api.Access.Sessions;
using FilmService.Api.Audit;
using FilmService.Api.Backups;
using FilmService.Api.Changes;
using FilmService.Api.Docs;
using FilmService.Api.Films;
using FilmService.Api.Health;
using FilmService.Api.Hello;
using FilmService.Api.Import;
using FilmService.Api.Pages;
using FilmService.Api.Search;
using FilmService.Api.Ui;
using FilmService.Api.Ui.Account;
using FilmService.Api.Ui.Assets;
using FilmService.Api.Ui.AuditLog;
using FilmService.Api.Ui.Backups;
using FilmService.Api.Ui.Clients;
using FilmService.Api.Ui.Editing;
using FilmService.Api.Ui.History;
using FilmService.Api.Ui.Importing;
using FilmService.Api.Ui.Keys;
using FilmService.Api.Ui.Lists;
using FilmService.Api.Ui.Status;
using FilmService.Api.Ui.Undo;
using FilmService.Api.Ui.Users;
using FilmService.Api.Ui.Webhooks;
using FilmService.Api.Webhooks;
using Microsoft.AspNetCore.Mvc.ApplicationParts;

namespace FilmService.Api;

/// <summary>
/// The controllers. MVC would search every package that references it for controllers, and load each type of this program, which
/// costs time and memory at every start.
/// </summary>
internal sealed class Controllers : ApplicationPart, IApplicationPartTypeProvider
{
    /// <summary>The part's name in MVC's messages.</summary>
    public override string Name => "FilmService";

    /// <summary>All controllers, in the order of the OpenAPI document; a test fails if one is missing.</summary>
    public IEnumerable<TypeInfo> Types { get; } = new[]
    {
        typeof(HelloController), typeof(HealthController), typeof(SearchController), typeof(AddFilmsController), typeof(FilmsController), typeof(RestoreController), typeof(ProblemsController), typeof(DocsController),
        typeof(ChangesController), typeof(MetadataController), typeof(TokenController), typeof(ApiKeysController), typeof(ClientsController),
        typeof(UsersController), typeof(MeController), typeof(PasswordController), typeof(SessionController), typeof(OpenIdConnectController), typeof(WebhooksController), typeof(BackupsController), typeof(AuditController),
        typeof(AssetsController), typeof(ListController), typeof(FilmPageController), typeof(AddController), typeof(ImportPageController), typeof(UndoController), typeof(ChangesPageController), typeof(LogInController),
        typeof(AccountController), typeof(UsersPageController), typeof(KeysPageController), typeof(ClientsPageController), typeof(WebhooksPageController), typeof(WebhookActionsController), typeof(BackupsPageController), typeof(AuditPageController), typeof(HealthPageController),
    }.Select(type => type.GetTypeInfo());
}
