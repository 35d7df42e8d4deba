using System.Text;
using System.Xml.Linq;
using FilmService.Api.Access.OAuth;
using FilmService.Domain.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace FilmService.Api.Access.OpenIdConnect;

/// <summary>
/// The keys of Data Protection for logins that are under way, in the database, so that a login survives a restart and can end on
/// another node. They are encrypted there like the signing keys; one that cannot be decrypted counts as none.
/// </summary>
internal sealed class LogInKeys(IAccessRepository repository, KeyProtection protection) : IXmlRepository
{
    private const string Purpose = "FilmService login keys";

    public IReadOnlyCollection<XElement> GetAllElements() => repository.LoadProtectionKeys()
        .Select(key => protection.Unprotect(Purpose, key.Protected)).OfType<byte[]>().Select(xml => XElement.Parse(Encoding.UTF8.GetString(xml))).ToList();

    public void StoreElement(XElement element, string friendlyName)
    {
        var xml = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
        repository.SaveAsync(new ProtectionKey(friendlyName, protection.Protect(Purpose, xml)), CancellationToken.None).GetAwaiter().GetResult();
    }

    // In a container of its own: in the service's, Data Protection would look for keys at every start.
    public IDataProtectionProvider CreateProvider() => new ServiceCollection()
        .AddDataProtection().SetApplicationName(nameof(FilmService)).Services
        .Configure<KeyManagementOptions>(keys => (keys.XmlRepository, keys.XmlEncryptor) = (this, new NullXmlEncryptor()))
        .BuildServiceProvider().GetRequiredService<IDataProtectionProvider>();
}
