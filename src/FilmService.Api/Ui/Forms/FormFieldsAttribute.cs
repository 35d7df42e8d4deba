namespace FilmService.Api.Ui.Forms;

/// <summary>The fields of the form that an action reads. Others are rejected.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FormFieldsAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names => names;
}
