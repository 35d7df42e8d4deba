namespace FilmService.Api.Audit;

internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddHostedService<AuditExpiry>();
}
