const PACKAGE_NAME = /^[-_+.\w]+$/;
const FILE_NAME = /^[-_+=:;.()[\]{}~!@#$%^& \w]+$/;

/** Whether a generic package may have the name (section 5 of the reference). */
export function isPackageName(name: string): boolean {
  if (name === '..' || !PACKAGE_NAME.test(name)) return false;
  return name.length > 1 || /^[a-zA-Z0-9]$/.test(name);
}

/** Whether a file of a generic package may have the name. */
export function isFileName(name: string): boolean {
  return FILE_NAME.test(name) && name.trim() === name && name !== '.' && name !== '..';
}

/** Whether a version may be called so: any text without blanks around it. */
export function isVersionName(name: string): boolean {
  return name !== '' && name.trim() === name;
}
